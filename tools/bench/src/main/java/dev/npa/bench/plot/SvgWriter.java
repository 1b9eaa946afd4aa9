// SPDX-License-Identifier: MIT
package dev.npa.bench.plot;

import dev.npa.bench.plot.Drawing.Dot;
import dev.npa.bench.plot.Drawing.Mark;
import dev.npa.bench.plot.Drawing.Stroke;
import dev.npa.bench.plot.Drawing.Text;
import java.util.Locale;

/// Writes a plot as SVG 1.1.
public final class SvgWriter {
  private SvgWriter() {}

  public static String write(Plot plot) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " viewBox=\"0 0 %d %d\" font-family=\"sans-serif\">%n",
            Plot.WIDTH, Plot.HEIGHT, Plot.WIDTH, Plot.HEIGHT));
    svg.append(format("<title>%s</title>%n", escape(plot.title())));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    for (Mark mark : Drawing.of(plot)) {
      svg.append(element(mark)).append('\n');
    }
    return svg.append("</svg>\n").toString();
  }

  private static String element(Mark mark) {
    return switch (mark) {
      case Stroke(double x1, double y1, double x2, double y2, String colour, double width) ->
          format(
              "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\""
                  + " stroke-width=\"%.1f\"/>",
              x1, y1, x2, y2, colour, width);
      case Dot(double x, double y, String colour) ->
          format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>", x, y, colour);
      case Text(double x, double y, String text, int size, Drawing.Anchor anchor) ->
          format(
              "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"%s\""
                  + " fill=\"#222222\">%s</text>",
              x, y, size, anchor.name().toLowerCase(Locale.ROOT), escape(text));
    };
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values).replace(System.lineSeparator(), "\n");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
