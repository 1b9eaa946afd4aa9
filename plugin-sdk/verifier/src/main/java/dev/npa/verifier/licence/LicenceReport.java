// SPDX-License-Identifier: MIT
package dev.npa.verifier.licence;

import dev.npa.verifier.Refusal;
import dev.npa.verifier.licence.sbom.Component;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the licence stage found out: the choice it made and why, part by part, and every reason to
/// refuse.
///
/// @param choices every choice that the licence offers, in the order written
/// @param chosen the first that the policy takes and every part can join; or the first that the
///   policy takes; or none
/// @param parts what the plugin brings along, and how each joins the chosen whole
/// @param owners internal class name to the component that covers it
public record LicenceReport(
    List<Choice> choices,
    Optional<Choice> chosen,
    List<PartAnswer> parts,
    SortedMap<String, Component> owners,
    List<Refusal> refusals) {

  public LicenceReport {
    choices = List.copyOf(choices);
    parts = List.copyOf(parts);
    owners = Collections.unmodifiableSortedMap(new TreeMap<>(owners));
    refusals = List.copyOf(refusals);
  }

  /// One choice of the recipient.
  ///
  /// @param licences as written
  /// @param wholes the versions of it that the policy takes; none if it is not for this policy
  /// @param carriers those of them that every part can join
  public record Choice(
      List<SpdxExpression.Licence> licences, List<Whole> wholes, List<Whole> carriers) {
    public Choice {
      licences = List.copyOf(licences);
      wholes = List.copyOf(wholes);
      carriers = List.copyOf(carriers);
    }
  }

  /// One part in the whole that was chosen.
  ///
  /// @param fits one for each version of the chosen licence
  public record PartAnswer(Component part, List<Whole.Fit> fits) {
    public PartAnswer {
      fits = List.copyOf(fits);
    }
  }
}
