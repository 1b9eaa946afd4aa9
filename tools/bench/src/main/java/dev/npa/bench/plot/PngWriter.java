// SPDX-License-Identifier: MIT
package dev.npa.bench.plot;

import dev.npa.bench.plot.Drawing.Dot;
import dev.npa.bench.plot.Drawing.Mark;
import dev.npa.bench.plot.Drawing.Stroke;
import dev.npa.bench.plot.Drawing.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/// Writes a plot as PNG, with the JDK's own drawing; no display is needed.
public final class PngWriter {
  private static final double DOT = 3.5;

  private PngWriter() {}

  public static void write(Plot plot, Path file) throws IOException {
    System.setProperty("java.awt.headless", "true");
    BufferedImage image = new BufferedImage(Plot.WIDTH, Plot.HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, Plot.WIDTH, Plot.HEIGHT);
    for (Mark mark : Drawing.of(plot)) {
      draw(mark, graphics);
    }
    graphics.dispose();
    if (!ImageIO.write(image, "png", file.toFile())) {
      throw new IOException("this Java runtime cannot write PNG: " + file);
    }
  }

  private static void draw(Mark mark, Graphics2D graphics) {
    switch (mark) {
      case Stroke(double x1, double y1, double x2, double y2, String colour, double width) -> {
        graphics.setColor(Color.decode(colour));
        graphics.setStroke(new BasicStroke((float) width));
        graphics.draw(new Line2D.Double(x1, y1, x2, y2));
      }
      case Dot(double x, double y, String colour) -> {
        graphics.setColor(Color.decode(colour));
        graphics.fill(new Ellipse2D.Double(x - DOT, y - DOT, 2 * DOT, 2 * DOT));
      }
      case Text(double x, double y, String text, int size, Drawing.Anchor anchor) -> {
        graphics.setColor(Color.decode("#222222"));
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
        double width = graphics.getFontMetrics().stringWidth(text);
        double shift =
            switch (anchor) {
              case START -> 0;
              case MIDDLE -> width / 2;
              case END -> width;
            };
        graphics.drawString(text, (float) (x - shift), (float) y);
      }
    }
  }
}
