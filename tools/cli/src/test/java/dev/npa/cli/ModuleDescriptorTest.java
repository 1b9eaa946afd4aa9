// SPDX-License-Identifier: MIT
package dev.npa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What each product module lets others see is part of the sandbox: a change is seen in review.
final class ModuleDescriptorTest {
  private static final Path COMMITTED = Path.of("modules.txt");
  private static final Path ACTUAL = Path.of("target", "modules.txt");

  @Test
  void matchesTheCommittedText() throws IOException {
    StringBuilder text = new StringBuilder();
    for (ProductModule module : ProductModule.all()) {
      if (module.isNamed()) {
        text.append(print(read(module)));
      }
    }
    Files.writeString(ACTUAL, text);

    assertThat(text)
        .as("if the change is meant: cp tools/cli/target/modules.txt tools/cli/modules.txt")
        .hasToString(Files.readString(COMMITTED));
  }

  @Test
  void isThereForAllButPlugins() throws IOException {
    for (ProductModule module : ProductModule.all()) {
      boolean isPlugin = module.directory().startsWith("sample-plugins/");
      boolean hasSources = !module.packages().isEmpty();
      assertThat(module.isNamed()).as(module.directory()).isEqualTo(hasSources && !isPlugin);
    }
  }

  @Test
  void opensNothing() throws IOException {
    for (ProductModule module : ProductModule.all()) {
      if (module.isNamed()) {
        assertThat(read(module).isOpen()).as(module.directory()).isFalse();
        assertThat(read(module).opens()).as(module.directory()).isEmpty();
      }
    }
  }

  private static ModuleDescriptor read(ProductModule module) throws IOException {
    try (InputStream in = Files.newInputStream(module.classes().resolve("module-info.class"))) {
      return ModuleDescriptor.read(in);
    }
  }

  /// Without versions: they are Maven's to choose.
  private static String print(ModuleDescriptor module) {
    Stream<String> lines =
        Stream.of(
                module.requires().stream().map(r -> "requires " + words(r.modifiers()) + r.name()),
                module.exports().stream().map(e -> "exports " + e.source() + targets(e.targets())),
                module.opens().stream().map(o -> "opens " + o.source() + targets(o.targets())),
                module.uses().stream().map(service -> "uses " + service),
                module.provides().stream()
                    .map(p -> "provides " + p.service() + " with " + p.providers()))
            .flatMap(kind -> kind.sorted());
    return lines
        .map(line -> "  " + line + "\n")
        .collect(Collectors.joining("", "module " + module.name() + "\n", ""));
  }

  private static String words(Collection<? extends Enum<?>> modifiers) {
    return modifiers.stream()
        .map(modifier -> modifier.name().toLowerCase(Locale.ROOT) + " ")
        .sorted()
        .collect(Collectors.joining());
  }

  private static String targets(Set<String> modules) {
    return modules.isEmpty()
        ? ""
        : modules.stream().sorted().collect(Collectors.joining(", ", " to ", ""));
  }
}
