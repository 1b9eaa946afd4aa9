// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import dev.npa.verifier.Location;
import java.lang.classfile.ClassModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/// One class of the plugin as all three readers saw it.
public final class PluginClass {
  private final String key;
  private final RawClass raw;
  private final ClassNode node;
  private final ClassModel model;
  private final List<PluginMethod> methods = new ArrayList<>();
  private final Map<String, Map<String, PluginMethod>> methodsByName = new HashMap<>();
  private final Map<String, Map<String, FieldNode>> fieldsByName = new HashMap<>();
  private Optional<Uses> uses = Optional.empty();

  PluginClass(String key, RawClass raw, ClassNode node, ClassModel model) {
    this.key = key;
    this.raw = raw;
    this.node = node;
    this.model = model;
    for (MethodNode code : node.methods) {
      PluginMethod method = new PluginMethod(this, code);
      methods.add(method);
      index(methodsByName, code.name, code.desc, method);
    }
    for (FieldNode field : node.fields) {
      index(fieldsByName, field.name, field.desc, field);
    }
  }

  /// The first of several with one name and type counts; a rule refuses the others.
  private static <M> void index(
      Map<String, Map<String, M>> members, String name, String descriptor, M member) {
    members.computeIfAbsent(name, n -> new HashMap<>(2)).putIfAbsent(descriptor, member);
  }

  private static <M> Optional<M> find(
      Map<String, Map<String, M>> members, String name, String descriptor) {
    Map<String, M> named = members.get(name);
    return named == null ? Optional.empty() : Optional.ofNullable(named.get(descriptor));
  }

  /// The name under which the package holds the class.
  public String key() {
    return key;
  }

  /// The name the class gives itself.
  public String name() {
    return node.name;
  }

  public RawClass raw() {
    return raw;
  }

  public ClassNode node() {
    return node;
  }

  /// The JDK's view, for what ASM's tree does not tell apart.
  public ClassModel model() {
    return model;
  }

  /// Where the class uses its constants; looked up once, when a rule asks.
  public Uses uses() {
    if (uses.isEmpty()) {
      uses = Optional.of(Uses.of(this));
    }
    return uses.get();
  }

  public List<PluginMethod> methods() {
    return Collections.unmodifiableList(methods);
  }

  public Optional<PluginMethod> method(String name, String descriptor) {
    return find(methodsByName, name, descriptor);
  }

  public Optional<FieldNode> field(String name, String descriptor) {
    return find(fieldsByName, name, descriptor);
  }

  public boolean is(int access) {
    return (node.access & access) != 0;
  }

  public String packageName() {
    return name().substring(0, Math.max(0, name().lastIndexOf('/')));
  }

  /// The class whose nest this one belongs to: itself unless it says otherwise.
  public String nestHost() {
    return node.nestHostClass == null ? name() : node.nestHostClass;
  }

  public Location here() {
    return new Location.Member(name(), "", "");
  }

  public Location at(FieldNode field) {
    return new Location.Member(name(), field.name, field.desc);
  }
}
