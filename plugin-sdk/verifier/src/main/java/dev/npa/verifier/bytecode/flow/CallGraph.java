// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.flow;

import dev.npa.verifier.bytecode.read.Plugin;
import dev.npa.verifier.bytecode.read.PluginMethod;
import dev.npa.verifier.bytecode.world.EntryPoints;
import dev.npa.verifier.bytecode.world.EntryPoints.EntryPoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/// Who calls whom inside the plugin. Exact, not an estimate: classes are final and have no
/// superclass, so the method that a call names is the method that runs.
public final class CallGraph {
  private final Plugin plugin;
  private final List<PluginMethod> methods;
  private final Map<PluginMethod, List<Call>> calls = new HashMap<>();
  private final List<PluginMethod> calleesFirst = new ArrayList<>();
  private final List<Cycle> cycles = new ArrayList<>();

  /// One call of an own method.
  public record Call(int instruction, PluginMethod callee) {}

  /// A call that leads back to its caller.
  public record Cycle(PluginMethod caller, Call call) {}

  private CallGraph(Plugin plugin) {
    this.plugin = plugin;
    this.methods = plugin.methodList();
  }

  public static CallGraph of(Plugin plugin) {
    CallGraph graph = new CallGraph(plugin);
    for (PluginMethod method : graph.methods) {
      graph.calls.put(method, graph.callsOf(method));
    }
    graph.sort();
    return graph;
  }

  /// Own methods called by a method, in code order.
  public List<Call> calls(PluginMethod method) {
    return calls.get(method);
  }

  /// The own method that an instruction calls.
  public Optional<PluginMethod> callee(AbstractInsnNode insn) {
    return insn instanceof MethodInsnNode call
        ? plugin.method(call.owner, call.name, call.desc)
        : Optional.empty();
  }

  /// Every method, callees before callers where there is no cycle.
  public List<PluginMethod> calleesFirst() {
    return calleesFirst;
  }

  /// Calls that make recursion possible.
  public List<Cycle> cycles() {
    return cycles;
  }

  public Optional<PluginMethod> entry(EntryPoint point) {
    return plugin.method(plugin.entryName(), point.name(), point.descriptor());
  }

  /// Everything the given entry points can reach, the nearest first.
  public Set<PluginMethod> reachedFrom(List<EntryPoint> points) {
    Set<PluginMethod> reached = new LinkedHashSet<>();
    Deque<PluginMethod> work = new ArrayDeque<>();
    for (EntryPoint point : points) {
      entry(point).filter(reached::add).ifPresent(work::add);
    }
    while (!work.isEmpty()) {
      for (Call call : calls(work.remove())) {
        if (reached.add(call.callee())) {
          work.add(call.callee());
        }
      }
    }
    return reached;
  }

  /// Whether a method is one of the shell's.
  public boolean isEntryPoint(PluginMethod method) {
    return method.owner().name().equals(plugin.entryName())
        && EntryPoints.is(method.name(), method.descriptor());
  }

  private List<Call> callsOf(PluginMethod method) {
    List<Call> found = new ArrayList<>();
    BitSet uses = method.uses();
    for (int i = uses.nextSetBit(0); i >= 0; i = uses.nextSetBit(i + 1)) {
      Optional<PluginMethod> callee = callee(method.code().get(i));
      if (callee.isPresent()) {
        found.add(new Call(i, callee.get()));
      }
    }
    return found;
  }

  /// Depth-first without recursion of our own: the plugin decides how deep this goes.
  private void sort() {
    Map<PluginMethod, Integer> nextCall = new HashMap<>();
    Map<PluginMethod, Boolean> finished = new HashMap<>();
    for (PluginMethod root : methods) {
      Deque<PluginMethod> path = new ArrayDeque<>();
      if (finished.putIfAbsent(root, false) == null) {
        path.push(root);
      }
      while (!path.isEmpty()) {
        PluginMethod method = path.peek();
        int next = nextCall.merge(method, 1, Integer::sum) - 1;
        if (next == calls(method).size()) {
          finished.put(method, true);
          calleesFirst.add(path.pop());
          continue;
        }
        Call call = calls(method).get(next);
        Boolean state = finished.putIfAbsent(call.callee(), false);
        if (state == null) {
          path.push(call.callee());
        } else if (!state) {
          cycles.add(new Cycle(method, call));
        }
      }
    }
  }
}
