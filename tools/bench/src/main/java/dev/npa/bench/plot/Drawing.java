// SPDX-License-Identifier: MIT
package dev.npa.bench.plot;

import dev.npa.bench.plot.Plot.Axis;
import dev.npa.bench.plot.Plot.Line;
import dev.npa.bench.plot.Plot.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A plot taken apart into strokes, dots and texts, so that [SvgWriter] and [PngWriter] draw the
/// same.
final class Drawing {
  private static final int LEFT = 80;
  private static final int RIGHT = Plot.WIDTH - 210;
  private static final int TOP = 50;
  private static final int BOTTOM = Plot.HEIGHT - 90;

  /// Told apart with any kind of colour vision (Okabe and Ito).
  private static final String[] COLOURS = {
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"
  };

  private static final String GRID = "#DDDDDD";
  private static final String INK = "#222222";

  /// Where a text is held.
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /// One thing to draw.
  sealed interface Mark {}

  record Stroke(double x1, double y1, double x2, double y2, String colour, double width)
      implements Mark {}

  record Dot(double x, double y, String colour) implements Mark {}

  record Text(double x, double y, String text, int size, Anchor anchor) implements Mark {}

  private final List<Mark> marks = new ArrayList<>();

  private Drawing() {}

  static List<Mark> of(Plot plot) {
    Drawing drawing = new Drawing();
    drawing.text(LEFT, 28, plot.title(), 18, Anchor.START);
    drawing.axes(plot);
    for (int i = 0; i < plot.lines().size(); i++) {
      drawing.line(plot, plot.lines().get(i), COLOURS[i % COLOURS.length], i);
    }
    drawing.text(LEFT, Plot.HEIGHT - 14, plot.note(), 11, Anchor.START);
    return drawing.marks;
  }

  private void axes(Plot plot) {
    for (double tick : plot.x().ticks()) {
      double x = x(plot.x(), tick);
      stroke(x, TOP, x, BOTTOM, GRID, 1);
      text(x, BOTTOM + 18, label(tick), 12, Anchor.MIDDLE);
    }
    for (double tick : plot.y().ticks()) {
      double y = y(plot.y(), tick);
      stroke(LEFT, y, RIGHT, y, GRID, 1);
      text(LEFT - 8, y + 4, label(tick), 12, Anchor.END);
    }
    stroke(LEFT, BOTTOM, RIGHT, BOTTOM, INK, 1.5);
    stroke(LEFT, TOP, LEFT, BOTTOM, INK, 1.5);
    text((LEFT + RIGHT) / 2.0, BOTTOM + 42, plot.x().title(), 13, Anchor.MIDDLE);
    text(LEFT, TOP - 6, plot.y().title(), 13, Anchor.START);
  }

  private void line(Plot plot, Line line, String colour, int index) {
    List<Point> points = line.points();
    for (int i = 0; i < points.size(); i++) {
      double x = x(plot.x(), points.get(i).x());
      double y = y(plot.y(), points.get(i).y());
      if (i != 0) {
        Point before = points.get(i - 1);
        stroke(x(plot.x(), before.x()), y(plot.y(), before.y()), x, y, colour, 2);
      }
      marks.add(new Dot(x, y, colour));
    }
    double legend = TOP + 14 + 22.0 * index;
    stroke(RIGHT + 16, legend - 4, RIGHT + 40, legend - 4, colour, 2);
    text(RIGHT + 46, legend, line.title(), 12, Anchor.START);
  }

  private static double x(Axis axis, double value) {
    return LEFT + axis.place(value) * (RIGHT - LEFT);
  }

  private static double y(Axis axis, double value) {
    return BOTTOM - axis.place(value) * (BOTTOM - TOP);
  }

  private static String label(double tick) {
    return tick == Math.rint(tick)
        ? String.format(Locale.ROOT, "%,d", (long) tick)
        : String.format(Locale.ROOT, "%.1f", tick);
  }

  private void stroke(double x1, double y1, double x2, double y2, String colour, double width) {
    marks.add(new Stroke(x1, y1, x2, y2, colour, width));
  }

  private void text(double x, double y, String text, int size, Anchor anchor) {
    marks.add(new Text(x, y, text, size, anchor));
  }
}
