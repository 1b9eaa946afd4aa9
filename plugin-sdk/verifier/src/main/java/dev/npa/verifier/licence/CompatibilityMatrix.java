// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Which licence's code may be a part of a whole under which other licence: answers that others
/// gave, each with its date and source. What nobody answered with yes is refused.
public final class CompatibilityMatrix {

  /// What the source says about one pair.
  public enum Answer {
    YES,
    /// The same licence.
    SAME,
    NO,
    /// Depends on something a table cannot see.
    CHECK,
    /// The source lists both licences and does not know.
    UNKNOWN,
    /// The source does not have the pair.
    ABSENT;

    public boolean allows() {
      return this == YES || this == SAME;
    }
  }

  /// One answer.
  ///
  /// @param part SPDX id of the part's licence
  /// @param whole SPDX id of the licence of what is distributed
  public record Entry(String part, String whole, Answer answer, String date, String source) {

    /// `Apache-2.0 in GPL-2.0-only: no (OSADL, 2024-05-25)`.
    @Override
    public String toString() {
      String says = answer.name().toLowerCase(Locale.ROOT);
      String from = answer == Answer.ABSENT ? "" : " (" + source + ", " + date + ")";
      return part + " in " + whole + ": " + says + from;
    }
  }

  private record Pair(String part, String whole) {}

  private static final class Shipped {
    static final CompatibilityMatrix MATRIX = read("compatibility.tsv");
  }

  private final Map<Pair, Entry> entries;

  private CompatibilityMatrix(Map<Pair, Entry> entries) {
    this.entries = Map.copyOf(entries);
  }

  /// The table that comes with this gate.
  public static CompatibilityMatrix shipped() {
    return Shipped.MATRIX;
  }

  private static CompatibilityMatrix read(String resource) {
    Map<Pair, Entry> entries = new HashMap<>();
    for (List<String> row : TableResource.rows(resource, 5)) {
      Pair pair = new Pair(row.get(0), row.get(1));
      Answer answer = Answer.valueOf(row.get(2).toUpperCase(Locale.ROOT));
      Entry entry = new Entry(pair.part(), pair.whole(), answer, row.get(3), row.get(4));
      if (entries.put(pair, entry) != null) {
        throw new IllegalStateException(resource + ": twice " + pair);
      }
    }
    return new CompatibilityMatrix(entries);
  }

  /// Never fails: a pair without an answer is [Answer#ABSENT].
  public Entry find(String part, String whole) {
    return entries.getOrDefault(
        new Pair(part, whole), new Entry(part, whole, Answer.ABSENT, "", ""));
  }
}
