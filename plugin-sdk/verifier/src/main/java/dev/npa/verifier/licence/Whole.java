// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import dev.npa.verifier.licence.CompatibilityMatrix.Entry;
import dev.npa.verifier.licence.SpdxExpression.Licence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The plugin as distributed under one choice of its licence, in one version of it: what every part
/// must be able to join.
///
/// @param licences what the recipient chose
/// @param lookedUpAs the licences under which the whole is looked up, all of which must allow a
///   part
/// @param own ids that need no look-up besides the first, because the whole is under them itself
public record Whole(Set<Licence> licences, List<String> lookedUpAs, Set<String> own) {

  private static final String GPL_2 = "GPL-2.0-only";

  /// A permissive licence stands for all: OSADL's rows of MIT, ISC, BSD and Zlib are alike.
  private static final String PERMISSIVE = "MIT";

  public Whole {
    licences = Collections.unmodifiableSet(new LinkedHashSet<>(licences));
    lookedUpAs = List.copyOf(lookedUpAs);
    own = Set.copyOf(own);
  }

  /// A part's licence in this whole, with the answers that decided.
  public record Fit(Set<Licence> chosen, List<Entry> answers, boolean allowed) {}

  /// The wholes that a choice allows under a policy: `-or-later` is one for each version. Empty if
  /// the policy does not take the choice.
  static List<Whole> of(Set<Licence> branch, LicencePolicy policy) {
    List<Whole> wholes = new ArrayList<>();
    for (int version : GplFamily.commonVersions(branch)) {
      wholes.add(new Whole(branch, List.of("GPL-" + version + ".0-only"), Set.of()));
    }
    if (wholes.isEmpty() && policy == LicencePolicy.COMPATIBLE) {
      CompatibilityMatrix matrix = CompatibilityMatrix.shipped();
      boolean compatible =
          branch.stream().allMatch(l -> matrix.find(l.id(), GPL_2).answer().allows());
      if (compatible) {
        Set<String> own = Set.copyOf(branch.stream().map(Licence::id).toList());
        wholes.add(new Whole(branch, List.of(GPL_2, PERMISSIVE), own));
      }
    }
    return wholes;
  }

  /// Something that is not linked with a GPL driver: this project's own command, for instance.
  ///
  /// @param id the SPDX id of a licence that the matrix has as a whole
  public static Whole under(String id) {
    return new Whole(Set.of(new Licence(id, Optional.empty())), List.of(id), Set.of());
  }

  /// The first choice of a part's licence that may join; the first that may not, if none may.
  public Fit fit(SpdxExpression part) {
    List<Fit> fits = part.branches().stream().map(this::fit).toList();
    return fits.stream().filter(Fit::allowed).findFirst().orElse(fits.getFirst());
  }

  private Fit fit(Set<Licence> branch) {
    List<Entry> answers = new ArrayList<>();
    boolean allowed = true;
    for (Licence licence : branch) {
      for (String whole : lookedUpAs) {
        boolean itself = whole.equals(PERMISSIVE) && own.contains(licence.id());
        Entry entry = CompatibilityMatrix.shipped().find(licence.id(), whole);
        answers.add(entry);
        allowed &= itself || entry.answer().allows();
      }
    }
    return new Fit(branch, List.copyOf(answers), allowed);
  }
}
