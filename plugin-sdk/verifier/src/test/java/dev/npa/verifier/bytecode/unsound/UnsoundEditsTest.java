// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.unsound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// That the list of unsound edits fits the source as it is today. That tests find each of them is
/// what [UnsoundEdits] shows, on demand.
class UnsoundEditsTest {
  @TempDir Path classes;

  static List<UnsoundEdit> edits() throws IOException {
    return UnsoundEdit.all();
  }

  @Test
  void listsTenOrMore() throws IOException {
    assertThat(edits()).hasSizeGreaterThanOrEqualTo(10);
    assertThat(edits()).extracting(UnsoundEdit::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("edits")
  void appliesOnceAndCompiles(UnsoundEdit edit) throws IOException {
    assertThat(edit.why()).isNotEmpty();
    assertThat(edit.occurrences()).isOne();
    assertThat(edit.compile(classes, UnsoundEdits.gate())).isEmpty();
  }
}
