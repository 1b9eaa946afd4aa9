// SPDX-License-Identifier: MIT
package dev.npa.cli;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The hot methods among the project's own classes, put as a plugin to the verifier: the entry
/// point `checkRxRing` of a class made up here calls them all.
///
/// What is left out, and why:
/// - methods that the given ones do not reach, and what a class inherits: they are not hot;
/// - the instructions that run straight into a `throw` ([HotCode]): a plugin may not throw at all,
///   this code may where its caller broke a contract;
/// - what [Limits] names.
///
/// A call through an interface ends at the interface. Its implementations are given as entries, and
/// [#seams] says which interfaces those are.
final class HotSlice {
  static final String ENTRY = "hot/Hot";

  /// What the verifier is not shown.
  ///
  /// @param platform members outside the given classes, `owner.name`, that hot code may use though
  ///   a plugin may not
  /// @param boundary methods, `owner.name`, that are not looked into: they are not per frame, or
  ///   not ours
  /// @param mayCatch methods whose handlers are left out; what the handlers do is shown
  record Limits(Set<String> platform, Set<String> boundary, Set<String> mayCatch) {}

  /// A method by owner, name and type.
  record Target(String owner, String name, String descriptor) {
    String dotted() {
      return owner + "." + name;
    }
  }

  private final Map<String, ClassModel> classes;
  private final Limits limits;
  private final Map<Target, MethodModel> reached = new LinkedHashMap<>();
  private final Set<Target> stubs = new LinkedHashSet<>();
  private final Set<String> seams = new TreeSet<>();
  private final Deque<Target> work = new ArrayDeque<>();
  private final List<Target> entries = new ArrayList<>();

  HotSlice(Map<String, ClassModel> classes, Limits limits) {
    this.classes = classes;
    this.limits = limits;
  }

  /// Looks for all that the methods `owner.name` reach.
  ///
  /// @throws IllegalArgumentException if there is no such method
  void follow(List<String> names) {
    for (String entry : names) {
      String owner = entry.substring(0, entry.lastIndexOf('.'));
      List<Target> found =
          methods(owner).stream()
              .map(method -> target(owner, method))
              .filter(target -> target.dotted().equals(entry))
              .toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException("no method " + entry);
      }
      entries.addAll(found);
    }
    work.addAll(entries);
    while (!work.isEmpty()) {
      Target target = work.remove();
      if (!reached.containsKey(target) && !stubs.contains(target)) {
        look(target);
      }
    }
  }

  private void look(Target target) {
    MethodModel method = find(target).orElseThrow();
    boolean isAbstract = method.flags().has(AccessFlag.ABSTRACT);
    if (isAbstract) {
      seams.add(target.dotted());
    }
    if (isAbstract || limits.boundary().contains(target.dotted())) {
      stubs.add(target);
      return;
    }
    reached.put(target, method);
    method.code().ifPresent(code -> work.addAll(hot(code).callees()));
  }

  private HotCode hot(CodeModel code) {
    return new HotCode(code, this::declared, limits.platform());
  }

  /// The given class that declares a method as called, or the platform's class that it inherits the
  /// method from, as HotSpot resolves it.
  private Target declared(Target called) {
    String owner = called.owner();
    while (classes.containsKey(owner)) {
      Target here = new Target(owner, called.name(), called.descriptor());
      if (find(here).isPresent()) {
        return here;
      }
      Optional<Target> inInterface = inInterfaces(owner, called);
      if (inInterface.isPresent()) {
        return inInterface.get();
      }
      owner = classes.get(owner).superclass().orElseThrow().asInternalName();
    }
    return new Target(owner, called.name(), called.descriptor());
  }

  private Optional<Target> inInterfaces(String owner, Target called) {
    return classes.get(owner).interfaces().stream()
        .map(
            type -> declared(new Target(type.asInternalName(), called.name(), called.descriptor())))
        .filter(target -> find(target).isPresent())
        .findFirst();
  }

  boolean owns(String name) {
    return classes.containsKey(name);
  }

  /// How many methods are hot.
  int size() {
    return reached.size();
  }

  /// The abstract methods that hot code calls.
  Set<String> seams() {
    return seams;
  }

  /// The methods of the boundary that hot code calls.
  Set<String> boundary() {
    Set<String> called = new TreeSet<>();
    stubs.forEach(target -> called.add(target.dotted()));
    called.retainAll(limits.boundary());
    return called;
  }

  /// The platform's members that hot code uses.
  Set<String> platform() {
    Set<String> used = new TreeSet<>();
    reached.values().forEach(m -> m.code().ifPresent(c -> used.addAll(hot(c).platformMembers())));
    return used;
  }

  /// The hot methods that catch and may.
  Set<String> catching() {
    Set<String> catching = new TreeSet<>();
    reached.forEach(
        (target, method) -> {
          boolean catches = method.code().map(c -> !c.exceptionHandlers().isEmpty()).orElse(false);
          if (catches && limits.mayCatch().contains(target.dotted())) {
            catching.add(target.dotted());
          }
        });
    return catching;
  }

  /// The hot methods as class files, under their own names.
  SortedMap<String, byte[]> classFiles() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    Set<String> owners = new TreeSet<>();
    reached.keySet().forEach(target -> owners.add(target.owner()));
    stubs.forEach(target -> owners.add(target.owner()));
    reached.values().forEach(method -> owners.addAll(fieldOwners(method)));
    for (String owner : owners) {
      files.put(owner, MadeUp.write(owner, builder -> slice(owner, builder)));
    }
    files.put(HotCode.PLATFORM, MadeUp.write(HotCode.PLATFORM, this::platformStubs));
    files.put(ENTRY, MadeUp.write(ENTRY, new MadeUp(entries, this::isStatic)::entryClass));
    return files;
  }

  private List<String> fieldOwners(MethodModel method) {
    return method.code().map(this::hot).map(HotCode::fieldOwners).orElse(List.of()).stream()
        .filter(this::owns)
        .toList();
  }

  private void slice(String owner, ClassBuilder builder) {
    classes
        .get(owner)
        .fields()
        .forEach(
            field ->
                builder.withField(
                    field.fieldName().stringValue(),
                    field.fieldTypeSymbol(),
                    field.flags().flagsMask()));
    reached.forEach(
        (target, method) -> {
          if (target.owner().equals(owner)) {
            AccessFlags flags = method.flags();
            builder.withMethod(
                target.name(),
                method.methodTypeSymbol(),
                flags.flagsMask(),
                m -> method.code().ifPresent(code -> m.withCode(c -> body(target, code, c))));
          }
        });
    stubs.stream()
        .filter(target -> target.owner().equals(owner))
        .forEach(target -> MadeUp.stub(builder, target, isStatic(target)));
  }

  private void body(Target target, CodeModel code, CodeBuilder out) {
    hot(code).write(out, limits.mayCatch().contains(target.dotted()));
  }

  private boolean isStatic(Target target) {
    return find(target).orElseThrow().flags().has(AccessFlag.STATIC);
  }

  private void platformStubs(ClassBuilder builder) {
    Set<Target> used = new LinkedHashSet<>();
    reached.values().forEach(m -> m.code().ifPresent(c -> used.addAll(hot(c).platformStubs())));
    used.forEach(target -> MadeUp.stub(builder, target, true));
  }

  private List<MethodModel> methods(String owner) {
    return classes.containsKey(owner) ? classes.get(owner).methods() : List.of();
  }

  private Optional<MethodModel> find(Target target) {
    return methods(target.owner()).stream()
        .filter(method -> target(target.owner(), method).equals(target))
        .findFirst();
  }

  private static Target target(String owner, MethodModel method) {
    return new Target(owner, method.methodName().stringValue(), method.methodType().stringValue());
  }
}
