// SPDX-License-Identifier: MIT
package dev.npa.bench.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.npa.bench.plot.Plot.Axis;
import dev.npa.bench.plot.Plot.Line;
import dev.npa.bench.plot.Plot.Point;
import java.awt.image.BufferedImage;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class PlotTest {
  private static final Plot PLOT =
      new Plot(
          "frames < here & there >",
          new Axis("bytes", true, List.of(64.0, 128.0, 256.0)),
          Axis.from0("Mpps", 12.5),
          List.of(
              new Line("one", List.of(new Point(64, 12.5), new Point(256, 3))),
              new Line("two", List.of(new Point(128, 1)))),
          "machine \"A\"");

  @TempDir Path dir;

  @Test
  void isWellFormedSvg() throws Exception {
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(SvgWriter.write(PLOT))));

    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(3);
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("frames < here & there >");
  }

  @Test
  void isAPngOfTheSameSize() throws Exception {
    Path file = dir.resolve("plot.png");
    PngWriter.write(PLOT, file);

    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(Plot.WIDTH);
    assertThat(image.getHeight()).isEqualTo(Plot.HEIGHT);
    assertThat(image.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
  }

  @Test
  void placesPowersEvenlyOnALogarithmicAxis() {
    assertThat(PLOT.x().place(64)).isZero();
    assertThat(PLOT.x().place(128)).isEqualTo(0.5);
    assertThat(PLOT.x().place(256)).isEqualTo(1);
  }

  @Test
  void endsAnAxisBeyondTheGreatestValue() {
    assertThat(Axis.from0("x", 12.5).ticks())
        .containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0);
    assertThat(Axis.from0("x", 0).ticks()).hasSizeGreaterThan(1);
  }

  @Test
  void refusesToBeEmpty() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Plot("t", PLOT.x(), PLOT.y(), List.of(), ""));
  }
}
