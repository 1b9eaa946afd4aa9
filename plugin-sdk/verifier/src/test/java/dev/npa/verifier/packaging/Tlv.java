// SPDX-License-Identifier: MIT
package dev.npa.verifier.packaging;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// DER as a tree of tag and content that can be edited and written again, well-formed whatever was
/// done to it. Knows no types.
public final class Tlv {

  private static final int CONSTRUCTED = 0x20;

  private int tag;
  private byte[] content = new byte[0];
  private final List<Tlv> children = new ArrayList<>();

  private Tlv(int tag) {
    this.tag = tag;
  }

  public static Tlv parse(byte[] der) {
    Tlv root = new Tlv(0);
    root.read(der, 0, der.length);
    return root.children.getFirst();
  }

  private void read(byte[] der, int from, int to) {
    int at = from;
    while (at < to) {
      Tlv child = new Tlv(der[at++] & 0xff);
      int length = der[at++] & 0xff;
      if (length > 0x80) {
        int bytes = length & 0x7f;
        length = 0;
        for (int i = 0; i < bytes; i++) {
          length = length << 8 | der[at++] & 0xff;
        }
      }
      if ((child.tag & CONSTRUCTED) != 0) {
        child.read(der, at, at + length);
      } else {
        child.content = Arrays.copyOfRange(der, at, at + length);
      }
      children.add(child);
      at += length;
    }
  }

  /// One random edit somewhere below.
  public void edit(Random random) {
    List<Tlv> parents = new ArrayList<>();
    collect(parents);
    Tlv parent = parents.get(random.nextInt(parents.size()));
    int index = random.nextInt(parent.children.size());
    Tlv child = parent.children.get(index);
    switch (random.nextInt(8)) {
      case 0 -> parent.children.remove(index);
      case 1 -> parent.children.add(index, child);
      case 2 -> parent.children.add(parent.children.remove(0));
      case 3 -> child.tag ^= 1 << random.nextInt(5);
      case 4 -> parent.children.set(index, new Tlv(5));
      case 5 -> parent.children.add(any(random));
      case 6 -> child.replace(random);
      default -> parent.children.set(index, wrapped(child));
    }
  }

  private void collect(List<Tlv> parents) {
    if (!children.isEmpty()) {
      parents.add(this);
      children.forEach(child -> child.collect(parents));
    }
  }

  /// A null, a negative or a huge number, an object identifier without end, a time that is none.
  private static Tlv any(Random random) {
    int[] tags = {2, 2, 5, 6, 12, 23, 24};
    Tlv value = new Tlv(tags[random.nextInt(tags.length)]);
    value.content = new byte[random.nextInt(300)];
    random.nextBytes(value.content);
    return value;
  }

  private void replace(Random random) {
    if (children.isEmpty() && content.length > 0) {
      content = content.clone();
      content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
    } else {
      children.clear();
    }
  }

  private static Tlv wrapped(Tlv child) {
    Tlv wrapper = new Tlv(0x30);
    wrapper.children.add(child);
    return wrapper;
  }

  public byte[] encoded() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (children.isEmpty()) {
      body.writeBytes(content);
    }
    children.forEach(child -> body.writeBytes(child.encoded()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = body.size();
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else if (length < 0x10000) {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    } else {
      out.write(0x83);
      out.write(length >> 16);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(body.toByteArray());
    return out.toByteArray();
  }
}
