// SPDX-License-Identifier: MIT
package dev.npa.nic.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Wireshark's tools as an independent judge of reader and writer. Needs `tshark` on the path.
final class WiresharkAgreesTest {
  private static final long SEED = 20_100_504;

  @TempDir Path dir;

  @Test
  void tsharkReadsWhatWriterWrote() throws Exception {
    List<PcapFrame> frames = frames();
    Path file = write(frames);
    List<String> seen =
        run(
            "tshark",
            "-r",
            file.toString(),
            "-T",
            "fields",
            "-e",
            "frame.time_epoch",
            "-e",
            "frame.cap_len",
            "-e",
            "frame.len",
            "-e",
            "eth.src");
    assertThat(seen)
        .isEqualTo(
            frames.stream()
                .map(
                    frame ->
                        "%d.%09d\t%d\t%d\t%s"
                            .formatted(
                                frame.timestampNanos() / 1_000_000_000,
                                frame.timestampNanos() % 1_000_000_000,
                                frame.bytes().length,
                                frame.originalLength(),
                                HexFormat.ofDelimiter(":").formatHex(frame.bytes(), 6, 12)))
                .toList());
  }

  @Test
  void readerReadsItsOwnConversionsEqual() throws Exception {
    List<PcapFrame> frames = frames();
    Path file = write(frames);
    for (String format : List.of("pcapng", "nsecpcap", "pcap")) {
      Path converted = dir.resolve("converted." + format);
      run("editcap", "-F", format, file.toString(), converted.toString());
      long unit = format.equals("pcap") ? 1_000 : 1;
      assertSame(read(converted), frames, unit);
    }
  }

  @Test
  void readerReadsBackPcapngConvertedToClassic() throws Exception {
    List<PcapFrame> frames = frames();
    Path pcapng = dir.resolve("there.pcapng");
    Path back = dir.resolve("back.pcap");
    run("editcap", "-F", "pcapng", write(frames).toString(), pcapng.toString());
    run("editcap", "-F", "nsecpcap", pcapng.toString(), back.toString());
    assertSame(read(back), frames, 1);
  }

  @Test
  void readerReadsSeveralInterfacesThatMergecapJoined() throws Exception {
    List<PcapFrame> frames = frames();
    Path file = write(frames);
    Path merged = dir.resolve("merged.pcapng");
    run(
        "mergecap",
        "-a",
        "-I",
        "none",
        "-F",
        "pcapng",
        "-w",
        merged.toString(),
        file.toString(),
        file.toString());
    List<PcapFrame> twice = new ArrayList<>(frames);
    twice.addAll(frames);
    assertThat(run("capinfos", "-I", merged.toString()))
        .anyMatch(line -> line.contains("Number of interfaces in file: 2"));
    assertSame(read(merged), twice, 1);
  }

  private static void assertSame(List<PcapFrame> read, List<PcapFrame> written, long unitNanos) {
    assertThat(read).hasSameSizeAs(written);
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.get(i).index()).isEqualTo(i);
      assertThat(read.get(i).timestampNanos())
          .isEqualTo(written.get(i).timestampNanos() / unitNanos * unitNanos);
      assertThat(read.get(i).originalLength()).isEqualTo(written.get(i).originalLength());
      assertThat(read.get(i).bytes()).isEqualTo(written.get(i).bytes());
    }
  }

  private static List<PcapFrame> frames() {
    Random random = new Random(SEED);
    List<PcapFrame> frames = new ArrayList<>();
    long nanos = 1_795_000_000_123_456_789L;
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[14 + random.nextInt(1501)];
      random.nextBytes(bytes);
      bytes[12] = (byte) 0x88; // Local experimental EtherType 1: no dissector has an opinion.
      bytes[13] = (byte) 0xB5;
      nanos += random.nextInt(1_000_000_000);
      int original = bytes.length + (random.nextInt(10) == 0 ? random.nextInt(9_000) : 0);
      frames.add(new PcapFrame(i, nanos, original, bytes));
    }
    return frames;
  }

  private Path write(List<PcapFrame> frames) throws IOException {
    Path file = dir.resolve("written.pcap");
    try (PcapWriter writer = PcapWriter.create(file)) {
      for (PcapFrame frame : frames) {
        writer.write(frame);
      }
    }
    return file;
  }

  private static List<PcapFrame> read(Path file) throws IOException {
    List<PcapFrame> frames = new ArrayList<>();
    try (PcapReader reader = PcapReader.open(file)) {
      reader.forEachRemaining(frames::add);
    }
    return frames;
  }

  private List<String> run(String... command) throws IOException, InterruptedException {
    Path errors = dir.resolve("errors");
    Path output = dir.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectError(errors.toFile())
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor())
        .as(() -> String.join(" ", command) + ": " + text(errors))
        .isZero();
    return Files.readAllLines(output);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
