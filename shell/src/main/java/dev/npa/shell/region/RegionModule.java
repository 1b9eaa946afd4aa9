// SPDX-License-Identifier: MIT
package dev.npa.shell.region;

import dev.npa.plugin.NpaPlugin;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Puts a plugin's packages into a named module that reads the contract and `java.base`, no more.
final class RegionModule {
  /// Name of every region's module; they live in layers of their own and do not meet.
  private static final String NAME = "dev.npa.region";

  private RegionModule() {}

  /// Binds the packages to the loader. Where the contract is not in a named module itself (class
  /// path), the plugin stays in the loader's unnamed module: the loader's list still holds, but a
  /// public type on that list could be reflected on, if plugins could reflect.
  static void define(RegionLoader loader, Set<String> packages, String entryPackage) {
    Module contract = NpaPlugin.class.getModule();
    if (!contract.isNamed()) {
      return;
    }
    ModuleDescriptor descriptor =
        ModuleDescriptor.newModule(NAME)
            .requires(contract.getName())
            .packages(packages)
            // The shell constructs the entry class.
            .exports(entryPackage, Set.of(RegionModule.class.getModule().getName()))
            .build();
    Configuration configuration =
        Configuration.resolve(
            new Finder(new Reference(descriptor)),
            List.of(contract.getLayer().configuration()),
            ModuleFinder.of(),
            Set.of(NAME));
    ModuleLayer.defineModules(configuration, List.of(contract.getLayer()), name -> loader);
  }

  private record Finder(Reference reference) implements ModuleFinder {
    @Override
    public Optional<ModuleReference> find(String name) {
      return name.equals(NAME) ? Optional.of(reference) : Optional.empty();
    }

    @Override
    public Set<ModuleReference> findAll() {
      return Set.of(reference);
    }
  }

  private static final class Reference extends ModuleReference {
    Reference(ModuleDescriptor descriptor) {
      super(descriptor, null);
    }

    @Override
    public ModuleReader open() throws IOException {
      throw new IOException("a region has no content to read");
    }
  }
}
