#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An 802.1Q sub-interface for kernels without 8021q: vlan_tap.py PARENT VID NAME

Makes the TAP interface NAME. Frames sent there leave through PARENT with the tag VID; frames with
that tag that arrive at PARENT come out at NAME without it. Runs until it is killed.
"""

import fcntl
import os
import select
import socket
import struct
import sys

ETH_P_ALL = 0x0003
ETH_P_8021Q = 0x8100
SOL_PACKET, PACKET_AUXDATA, PACKET_OUTGOING = 263, 8, 4
TP_STATUS_VLAN_VALID = 1 << 4
TUNSETIFF, IFF_TAP, IFF_NO_PI = 0x400454CA, 0x0002, 0x1000
LONGEST = 65536


def main():
    parent, vid, name = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    wire.bind((parent, ETH_P_ALL))
    wire.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
    tap = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TAP | IFF_NO_PI))
    tag = struct.pack("!HH", ETH_P_8021Q, vid)
    while True:
        ready, _, _ = select.select([wire, tap], [], [])
        if tap in ready:
            frame = os.read(tap, LONGEST)
            wire.send(frame[:12] + tag + frame[12:])
        if wire in ready:
            # The kernel takes the tag off a received frame and hands it over beside it.
            frame, beside, _, source = wire.recvmsg(LONGEST, 256)
            if source[2] != PACKET_OUTGOING and tagged_with(vid, beside):
                os.write(tap, frame)


def tagged_with(vid, beside):
    for level, kind, data in beside:
        if level == SOL_PACKET and kind == PACKET_AUXDATA:
            status, _, _, _, _, tci, _ = struct.unpack_from("IIIHHHH", data)
            return status & TP_STATUS_VLAN_VALID != 0 and tci & 0xFFF == vid
    return False


main()
