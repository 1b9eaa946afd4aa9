// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import dev.npa.verifier.RuleId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/// Reads the outer structure of a class file (JVMS 4.1) under the [Caps], and writes it again
/// without the attributes that no rule reads: annotations, signatures, debug tables of locals,
/// stack maps. What the big parsers get is that second form, so nothing an attribute hides can
/// reach them, and nothing can nest.
///
/// Left out: the meaning of instructions. The two parsers read those.
final class StrictReader {
  private static final int MAGIC = 0xCAFEBABE;

  private static final Set<String> OF_CLASS = Set.of("SourceFile", "NestHost", "NestMembers");
  private static final Set<String> OF_FIELD = Set.of("ConstantValue");
  private static final Set<String> OF_METHOD = Set.of("Code");
  private static final Set<String> OF_CODE = Set.of("LineNumberTable");

  /// Attributes that may be split into several of one name (JVMS 4.7.12 to 4.7.14).
  private static final Set<String> REPEATABLE =
      Set.of("LineNumberTable", "LocalVariableTable", "LocalVariableTypeTable");

  private final byte[] bytes;
  private final byte[] kept;
  private final ConstantPool pool;
  private final Caps.Author author;
  private int size;
  private int codeBytes;

  private StrictReader(byte[] bytes, ConstantPool pool, Caps.Author author) {
    this.bytes = bytes;
    this.kept = new byte[bytes.length];
    this.pool = pool;
    this.author = author;
  }

  static RawClass read(byte[] bytes, Caps.Author author) throws Malformed {
    if (bytes.length > author.classBytes()) {
      throw Malformed.over("bytes in a class", bytes.length, author.classBytes());
    }
    ByteCursor in = new ByteCursor(bytes, 0, bytes.length);
    if (in.s4() != MAGIC) {
      throw Malformed.unreadable("no class file: it does not start with CAFEBABE");
    }
    int minor = in.u2();
    int major = in.u2();
    return new StrictReader(bytes, ConstantPool.read(in, author), author).body(in, major, minor);
  }

  private RawClass body(ByteCursor in, int major, int minor) throws Malformed {
    in.skip(2);
    String name = pool.className(in.u2());
    int superIndex = in.u2();
    if (superIndex != 0) {
      pool.className(superIndex);
    }
    int interfaces = capped("interfaces", "", in.u2(), Caps.INTERFACES);
    for (int i = 0; i < interfaces; i++) {
      pool.className(in.u2());
    }
    keep(0, in.position());
    members(in, "fields", Caps.FIELDS, OF_FIELD);
    members(in, "methods", Caps.METHODS, OF_METHOD);
    attributes(in, "the class", OF_CLASS);
    in.expectEnd("the class");
    return new RawClass(name, major, minor, pool, codeBytes, Arrays.copyOf(kept, size));
  }

  private void members(ByteCursor in, String kind, int cap, Set<String> attributes)
      throws Malformed {
    int count = capped(kind, "", in.u2(), cap);
    keep(in.position() - 2, in.position());
    for (int i = 0; i < count; i++) {
      int start = in.position();
      in.skip(2);
      String name = pool.utf8(in.u2()) + pool.utf8(in.u2());
      keep(start, in.position());
      attributes(in, name, attributes);
    }
  }

  private void attributes(ByteCursor in, String place, Set<String> keep) throws Malformed {
    int count = capped("attributes", place, in.u2(), Caps.ATTRIBUTES);
    Set<String> seen = new HashSet<>();
    int countAt = reserve(2);
    int keptCount = 0;
    for (int i = 0; i < count; i++) {
      int start = in.position();
      String name = pool.utf8(in.u2());
      ByteCursor content = in.window(in.length());
      if (!seen.add(name) && !REPEATABLE.contains(name)) {
        throw new Malformed(
            RuleId.B005_DUPLICATE_ATTRIBUTE, "attribute " + name + " of " + place + " twice");
      }
      if (!keep.contains(name)) {
        continue;
      }
      keptCount++;
      if (name.equals("Code")) {
        keep(start, start + 2);
        code(content, place);
      } else {
        keep(start, in.position());
      }
    }
    put2(countAt, keptCount);
  }

  private void code(ByteCursor in, String method) throws Malformed {
    int lengthAt = reserve(4);
    int start = in.position();
    capped("stack slots", method, in.u2(), author.stack());
    capped("locals", method, in.u2(), author.locals());
    int length = capped("code bytes", method, in.length(), author.codeBytes());
    if (length == 0) {
      throw Malformed.unreadable("no code in " + method);
    }
    codeBytes += length;
    in.skip(length);
    in.skip(8 * capped("handlers", method, in.u2(), Caps.EXCEPTION_HANDLERS));
    keep(start, in.position());
    attributes(in, "the code of " + method, OF_CODE);
    in.expectEnd("the code of " + method);
    int kept = size - lengthAt - 4;
    put2(lengthAt, kept >>> 16);
    put2(lengthAt + 2, kept);
  }

  private static int capped(String what, String of, int size, int cap) throws Malformed {
    if (size > cap) {
      throw Malformed.over(what, of, size, cap);
    }
    return size;
  }

  private void keep(int from, int to) {
    System.arraycopy(bytes, from, kept, size, to - from);
    size += to - from;
  }

  private int reserve(int count) {
    size += count;
    return size - count;
  }

  private void put2(int at, int value) {
    kept[at] = (byte) (value >>> 8);
    kept[at + 1] = (byte) value;
  }
}
