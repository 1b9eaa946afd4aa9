// SPDX-License-Identifier: MIT
package dev.npa.cli.launcher;

import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every form of the dynamic calls that the launcher's image does without, for {@link
/// LibrariesTest} to run with them and without.
public final class DynamicCalls {
  sealed interface Shape {}

  record Point(int x, int y) implements Shape {}

  record Pair(Shape left, Shape right) implements Shape {}

  enum Named implements Shape {
    ORIGIN,
    UNIT
  }

  record All(
      boolean z, byte b, char c, short s, int i, long j, float f, double d, String text, int[] a) {}

  record Nothing() {}

  /// A switch in an interface becomes a static method of the interface.
  interface Measure {
    default int of(Object value) {
      return switch (value) {
        case Integer i when i > 10 -> 10;
        case Integer i -> i;
        case int[] array -> array.length;
        case CharSequence text -> text.length();
        default -> -1;
      };
    }
  }

  private DynamicCalls() {}

  /// The outcome of each, in a fixed order.
  public static List<String> outcomes() {
    List<String> outcomes = new ArrayList<>();
    for (Shape shape : shapes()) {
      outcomes.add(describe(shape));
      outcomes.add(nested(shape));
    }
    outcomes.add(nullable(null) + nullable("text") + nullable(Optional.of(1)) + nullable(2));
    Measure measure = new Measure() {};
    for (Object value : new Object[] {3, 30, new int[4], "four", CharBuffer.allocate(3), 2L}) {
      outcomes.add("measure " + measure.of(value));
    }
    try {
      describe(null);
    } catch (NullPointerException e) {
      outcomes.add("null is no shape");
    }
    compare(outcomes);
    return outcomes;
  }

  private static List<Shape> shapes() {
    Shape point = new Point(1, 2);
    return List.of(
        point,
        new Point(-1, 0),
        Named.UNIT,
        Named.ORIGIN,
        new Pair(point, Named.ORIGIN),
        new Pair(new Pair(point, point), point));
  }

  private static String describe(Shape shape) {
    return switch (shape) {
      case Point p when p.x() < 0 -> "left of the axis";
      case Point(int x, int y) -> "point " + x + " " + y;
      case Named named -> "named " + named;
      case Pair(Point left, Shape right) -> "pair of a point and " + describe(right);
      case Pair pair -> "pair with " + describe(pair.right());
    };
  }

  /// Labels that are constants stay dynamic.
  private static String nested(Shape shape) {
    return switch (shape) {
      case Named.ORIGIN -> "the origin";
      case Named other -> "other " + other.ordinal();
      case Pair(Pair(var a, var b), Point(int x, _)) -> a.equals(b) + " " + x;
      case Point _, Pair _ -> "rest";
    };
  }

  private static String nullable(Object value) {
    return switch (value) {
      case null -> "null ";
      case String text -> text + " ";
      case Optional<?> some when some.isPresent() -> "some ";
      default -> "other ";
    };
  }

  private static void compare(List<String> outcomes) {
    int[] array = {1};
    All one = new All(true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6d, "seven", array);
    List<Object> others =
        List.of(
            one,
            new All(true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6d, new String("seven"), array),
            new All(false, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6d, "seven", array),
            new All(true, (byte) 0, 'c', (short) 2, 3, 4L, 5f, 6d, "seven", array),
            new All(true, (byte) 1, 'd', (short) 2, 3, 4L, 5f, 6d, "seven", array),
            new All(true, (byte) 1, 'c', (short) 0, 3, 4L, 5f, 6d, "seven", array),
            new All(true, (byte) 1, 'c', (short) 2, 0, 4L, 5f, 6d, "seven", array),
            new All(true, (byte) 1, 'c', (short) 2, 3, 1L << 40, 5f, 6d, "seven", array),
            new All(true, (byte) 1, 'c', (short) 2, 3, 4L, Float.NaN, 6d, "seven", array),
            new All(true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, -0d, "seven", array),
            new All(true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6d, null, array),
            new All(true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6d, "seven", null),
            "something else");
    for (Object other : others) {
      outcomes.add("equals " + one.equals(other) + other.equals(one));
      if (other instanceof All all && all.a() == null) {
        outcomes.add("hash " + all.hashCode()); // an array's own differs from run to run
      }
    }
    outcomes.add("same hash " + (one.hashCode() == others.get(1).hashCode()));
    All odd = new All(false, (byte) 0, 'x', (short) 0, 0, 0L, Float.NaN, -0d, null, null);
    outcomes.add(
        "NaN " + odd.equals(new All(false, (byte) 0, 'x', (short) 0, 0, 0L, 0f, 0d, null, null)));
    outcomes.add("hash " + odd.hashCode() + " " + odd);
    outcomes.add("nothing " + new Nothing().equals(new Nothing()) + new Nothing().hashCode());
    Map<Object, String> map = new HashMap<>();
    map.put(new Point(1, 2), "found");
    Object absent = map.get(one);
    outcomes.add(map.get(new Point(1, 2)) + map.get(new Point(2, 1)) + one.equals(absent));
  }
}
