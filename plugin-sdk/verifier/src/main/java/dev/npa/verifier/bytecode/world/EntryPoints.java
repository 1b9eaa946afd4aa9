// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.world;

import java.util.List;

/// What the shell calls: the nine methods of `NpaPlugin` and the constructor.
public final class EntryPoints {
  private static final String STATE = "(Ldev/npa/plugin/PluginState;";

  /// A method of the entry class that the shell calls.
  public record EntryPoint(String name, String descriptor) {}

  public static final EntryPoint CONSTRUCTOR = new EntryPoint("<init>", "()V");
  public static final EntryPoint SW_INIT = new EntryPoint("swInit", STATE + ")I");

  /// These run per burst or per reset: no allocation.
  public static final List<EntryPoint> DATA_PATH =
      List.of(
          new EntryPoint("reinitRxRing", STATE + "I)I"),
          new EntryPoint("reinitTxRing", STATE + "I)I"),
          new EntryPoint("enableInterrupt", STATE + "I)I"),
          new EntryPoint("disableInterrupt", STATE + "I)I"),
          new EntryPoint(
              "addFrameToTxRing", STATE + "ILdev/npa/plugin/SendInfo;Ldev/npa/plugin/SgList;Z)I"),
          new EntryPoint("checkTxRing", STATE + "I)I"),
          new EntryPoint("checkRxRing", STATE + "II)I"),
          new EntryPoint("addBuffersToRxRing", STATE + "I)I"));

  /// These run once per instance and may allocate within the budget.
  public static final List<EntryPoint> SET_UP = List.of(CONSTRUCTOR, SW_INIT);

  /// What the shell passes for an argument; see `@Range` at `NpaPlugin`.
  ///
  /// @param min smallest value, if it is a number
  /// @param max largest value
  public record Argument(long min, long max) {}

  private static final int MOST_QUEUES = 16;
  private static final int MOST_FRAMES = 256;

  private static final Argument ANY_INT = new Argument(Integer.MIN_VALUE, Integer.MAX_VALUE);
  private static final Argument QUEUE = new Argument(0, MOST_QUEUES - 1);
  private static final Argument FLAG = new Argument(0, 1);
  private static final Argument FRAMES = new Argument(1, MOST_FRAMES);

  private EntryPoints() {}

  /// What the shell passes for one of an entry point's arguments, counted from 0.
  public static Argument argument(String name, int index) {
    return switch (name) {
      case "reinitRxRing", "reinitTxRing", "checkTxRing", "addBuffersToRxRing" -> QUEUE;
      case "addFrameToTxRing" -> index == 1 ? QUEUE : FLAG;
      case "checkRxRing" -> index == 1 ? QUEUE : FRAMES;
      default -> ANY_INT;
    };
  }

  public static boolean is(String name, String descriptor) {
    EntryPoint asked = new EntryPoint(name, descriptor);
    return SET_UP.contains(asked) || DATA_PATH.contains(asked);
  }
}
