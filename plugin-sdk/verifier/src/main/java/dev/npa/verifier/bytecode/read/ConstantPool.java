// SPDX-License-Identifier: MIT
package dev.npa.verifier.bytecode.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The constant pool as it stands in the file: tags and indexes, each index checked to point to an
/// entry of the right kind. Entries nobody uses are part of it; the closed world covers them too.
public final class ConstantPool {
  public static final int UTF8 = 1;
  public static final int INTEGER = 3;
  public static final int FLOAT = 4;
  public static final int LONG = 5;
  public static final int DOUBLE = 6;
  public static final int CLASS = 7;
  public static final int STRING = 8;
  public static final int FIELDREF = 9;
  public static final int METHODREF = 10;
  public static final int INTERFACE_METHODREF = 11;
  public static final int NAME_AND_TYPE = 12;
  public static final int METHOD_HANDLE = 15;
  public static final int METHOD_TYPE = 16;
  public static final int DYNAMIC = 17;
  public static final int INVOKE_DYNAMIC = 18;
  public static final int MODULE = 19;
  public static final int PACKAGE = 20;

  private static final Entry UNUSABLE = new Entry(0, 0, 0, "");

  /// One entry: up to two indexes, or the text of a Utf8.
  public record Entry(int tag, int first, int second, String text) {}

  /// A field or method named by the pool.
  public record Member(int tag, String owner, String name, String descriptor) {}

  private final List<Entry> entries;
  private final List<String> classes = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private final Set<String> descriptors = new LinkedHashSet<>();
  private final List<String> strings = new ArrayList<>();

  private ConstantPool(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /// Entries by index; index 0 and the second half of long and double have tag 0.
  public List<Entry> entries() {
    return entries;
  }

  /// Every class the pool names, arrays included, in file order.
  public List<String> classes() {
    return classes;
  }

  public List<Member> members() {
    return members;
  }

  /// The descriptor of every name-and-type pair, also of those no member uses.
  public Collection<String> descriptors() {
    return descriptors;
  }

  public List<String> strings() {
    return strings;
  }

  /// Sorts what rules ask for by kind; indexes have been checked.
  private void sort() {
    for (Entry entry : entries) {
      switch (entry.tag()) {
        case CLASS -> classes.add(text(entry.first()));
        case STRING -> strings.add(text(entry.first()));
        case NAME_AND_TYPE -> descriptors.add(text(entry.second()));
        case FIELDREF, METHODREF, INTERFACE_METHODREF -> members.add(member(entry));
        default -> {
          // Text, numbers, and what is refused by its tag.
        }
      }
    }
  }

  private Member member(Entry entry) {
    Entry nameAndType = entries.get(entry.second());
    return new Member(
        entry.tag(),
        text(entries.get(entry.first()).first()),
        text(nameAndType.first()),
        text(nameAndType.second()));
  }

  String text(int utf8Index) {
    return entries.get(utf8Index).text();
  }

  /// The text of a Utf8 entry named by an index that is not yet known to be one.
  String utf8(int index) throws Malformed {
    return expect(index, UTF8).text();
  }

  /// The name of a Class entry named by an index that is not yet known to be one.
  String className(int index) throws Malformed {
    return utf8(expect(index, CLASS).first());
  }

  private Entry expect(int index, int tag) throws Malformed {
    if (index <= 0 || index >= entries.size() || entries.get(index).tag() != tag) {
      throw Malformed.unreadable("constant " + index + " is not of kind " + tag);
    }
    return entries.get(index);
  }

  static ConstantPool read(ByteCursor in, Caps.Author author) throws Malformed {
    int count = in.u2();
    if (count == 0) {
      throw Malformed.unreadable("a constant pool of no entries");
    }
    if (count > author.constants() + 1) {
      throw Malformed.over("constants", count - 1, author.constants());
    }
    List<Entry> entries = new ArrayList<>(count);
    entries.add(UNUSABLE);
    while (entries.size() < count) {
      int tag = in.u1();
      entries.add(readEntry(tag, in));
      if (tag == LONG || tag == DOUBLE) {
        entries.add(UNUSABLE);
      }
    }
    if (entries.size() > count) {
      throw Malformed.unreadable("the constant pool ends inside a long or double");
    }
    ConstantPool pool = new ConstantPool(entries);
    for (Entry entry : entries) {
      pool.checkIndexes(entry);
    }
    pool.sort();
    return pool;
  }

  private static Entry readEntry(int tag, ByteCursor in) throws Malformed {
    return switch (tag) {
      case UTF8 -> new Entry(tag, 0, 0, readText(in));
      case INTEGER, FLOAT -> skip(tag, in, 4);
      case LONG, DOUBLE -> skip(tag, in, 8);
      case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE -> new Entry(tag, in.u2(), 0, "");
      case FIELDREF, METHODREF, INTERFACE_METHODREF, NAME_AND_TYPE, DYNAMIC, INVOKE_DYNAMIC ->
          new Entry(tag, in.u2(), in.u2(), "");
      case METHOD_HANDLE -> new Entry(tag, in.u1(), in.u2(), "");
      default -> throw Malformed.unreadable("a constant of unknown kind " + tag);
    };
  }

  private static Entry skip(int tag, ByteCursor in, int bytes) throws Malformed {
    in.skip(bytes);
    return new Entry(tag, 0, 0, "");
  }

  /// Bytes outside ASCII become U+FFFD, which no rule about names or strings lets pass; so overlong
  /// forms and surrogates need no decoder here.
  private static String readText(ByteCursor in) throws Malformed {
    int length = in.u2();
    if (length > Caps.UTF8_BYTES) {
      throw Malformed.over("bytes in a Utf8 constant", length, Caps.UTF8_BYTES);
    }
    return in.text(length);
  }

  private void checkIndexes(Entry entry) throws Malformed {
    switch (entry.tag()) {
      case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE -> expect(entry.first(), UTF8);
      case NAME_AND_TYPE -> {
        expect(entry.first(), UTF8);
        expect(entry.second(), UTF8);
      }
      case FIELDREF, METHODREF, INTERFACE_METHODREF -> {
        expect(entry.first(), CLASS);
        expect(entry.second(), NAME_AND_TYPE);
      }
      default -> {
        // No index, or of a kind that is refused by its tag.
      }
    }
  }
}
