// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import dev.npa.verifier.Location;
import dev.npa.verifier.Printable;
import dev.npa.verifier.Refusal;
import dev.npa.verifier.RuleId;
import dev.npa.verifier.Verdict;
import dev.npa.verifier.licence.SpdxExpression.And;
import dev.npa.verifier.licence.SpdxExpression.Licence;
import dev.npa.verifier.licence.SpdxExpression.Or;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Reads an SPDX licence expression, stricter than SPDX asks: exact spelling, single spaces, known
/// ids, nothing repeated.
///
/// ```
/// or      = and *( " OR " and )
/// and     = with *( " AND " with )
/// with    = id [ " WITH " exception ] / "(" or ")"
/// ```
public final class SpdxParser {

  private static final int MAX_LENGTH = 256;
  private static final int MAX_DEPTH = 4;
  private static final int MAX_IDS = 8;

  private final String text;
  private final Location where;
  private int position;
  private int depth;
  private int ids;

  private SpdxParser(String text, Location where) {
    this.text = text;
    this.where = where;
  }

  /// Never throws, whatever the text.
  ///
  /// @param where what a refusal points to
  public static Verdict<SpdxExpression> parse(String text, Location where) {
    try {
      return Verdict.accepted(new SpdxParser(text, where).parse());
    } catch (NotAnExpression e) {
      return Verdict.refused(e.refusal);
    }
  }

  private SpdxExpression parse() throws NotAnExpression {
    checkCharacters();
    SpdxExpression expression = or();
    if (position < text.length()) {
      throw broken("something follows the expression");
    }
    return expression;
  }

  private void checkCharacters() throws NotAnExpression {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw broken("length " + text.length() + " not in 1.." + MAX_LENGTH);
    }
    for (position = 0; position < text.length(); position++) {
      char c = text.charAt(position);
      if (c < ' ' || c > '~') {
        throw broken(String.format("character U+%04X", (int) c));
      }
    }
    position = 0;
  }

  private SpdxExpression or() throws NotAnExpression {
    List<SpdxExpression> operands = new ArrayList<>(List.of(and()));
    while (accept(" OR ")) {
      operands.add(and());
    }
    requireDistinct(operands);
    return operands.size() == 1 ? operands.getFirst() : new Or(List.copyOf(operands));
  }

  private SpdxExpression and() throws NotAnExpression {
    List<SpdxExpression> operands = new ArrayList<>(List.of(with()));
    while (accept(" AND ")) {
      operands.add(with());
    }
    requireDistinct(operands);
    return operands.size() == 1 ? operands.getFirst() : new And(List.copyOf(operands));
  }

  private SpdxExpression with() throws NotAnExpression {
    if (accept("(")) {
      if (++depth > MAX_DEPTH) {
        throw broken("parentheses deeper than " + MAX_DEPTH);
      }
      SpdxExpression inner = or();
      if (!accept(")")) {
        throw broken("expected )");
      }
      depth--;
      return inner;
    }
    String id = licence();
    if (!accept(" WITH ")) {
      return new Licence(id, Optional.empty());
    }
    String exception = word();
    if (!SpdxIds.EXCEPTIONS.contains(exception)) {
      throw broken("unknown exception " + exception);
    }
    return new Licence(id, Optional.of(exception));
  }

  private String licence() throws NotAnExpression {
    String id = word();
    if (++ids > MAX_IDS) {
      throw broken("more than " + MAX_IDS + " licences");
    }
    String replacement = SpdxIds.replacement(id);
    if (!replacement.isEmpty()) {
      throw new NotAnExpression(
          new Refusal(
              RuleId.L010_DEPRECATED_ID, where, "id " + id, "write " + replacement + " if meant"));
    }
    if (!SpdxIds.LICENCES.contains(id)) {
      throw broken("unknown licence " + id);
    }
    return id;
  }

  private String word() throws NotAnExpression {
    int start = position;
    while (position < text.length() && " ()".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    if (position == start) {
      throw broken("expected a licence or exception id");
    }
    return text.substring(start, position);
  }

  private boolean accept(String token) {
    boolean found = text.startsWith(token, position);
    if (found) {
      position += token.length();
    }
    return found;
  }

  private void requireDistinct(List<SpdxExpression> operands) throws NotAnExpression {
    if (new HashSet<>(operands).size() != operands.size()) {
      throw broken("an operand is repeated");
    }
  }

  private NotAnExpression broken(String detail) {
    return new NotAnExpression(
        new Refusal(
            RuleId.L002_BAD_EXPRESSION,
            where,
            Printable.text(detail) + " at character " + (position + 1),
            "write one SPDX expression, for instance GPL-2.0-only"));
  }

  /// Carries the refusal out of the recursion.
  private static final class NotAnExpression extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    NotAnExpression(Refusal refusal) {
      super(refusal.toString(), null, false, false);
      this.refusal = refusal;
    }
  }
}
