#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Records the capture that `npa demo` replays: real programs in two network namespaces joined by a
# veth, seen by tcpdump. Needs root, and Debian's iproute2 ethtool iputils-ping tcpdump tshark curl
# python3 dnsmasq-base bind9-dnsutils iperf3.
#
#   record.sh ../main/resources/dev/npa/cli/demo/capture.pcap
#
# Addresses are those of RFC 5737 and RFC 3849 (documentation), MACs are locally administered, the
# transferred bytes are random: nothing of the recording machine is inside. The MTU is 1492, so that
# with the sequence trailer of 8 bytes that the demo appends a full frame has the 1514 bytes of
# Ethernet. VLAN 20 is made by vlan_tap.py.
#
# What is in the committed capture.pcap (tshark -z io,phs): 753 frames of 42 to 1510 bytes, 276,733
# bytes in all; nothing cut off. 497 of one station, 256 of the other, 37 to groups.
#   IPv4    497: TCP 208 (HTTP both ways, iperf3), UDP 267 (DNS, mDNS, 256 small datagrams of one
#           burst), ICMP 14 and its fragments 8
#   IPv6    188: TCP 142 (HTTP both ways, DNS, iperf3), ICMPv6 38 (echo, neighbour and
#           multicast-listener discovery), fragments 8
#   802.1Q   66: IPv4 52 (TCP 40, ICMP 8, fragments 4), ICMPv6 12, ARP 2
#   ARP       2
set -euo pipefail

out=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
mtu=1492
children=()

in1() { ip netns exec npa1 "$@"; }
in2() { ip netns exec npa2 "$@"; }
serve() { "$@" >>"$work/servers.log" 2>&1 & children+=($!); }
await() { for _ in $(seq 100); do "$@" >"$work/await.log" 2>&1 && return; sleep 0.1; done
  echo "gave up waiting for: $*" >&2; cat "$work"/*.log >&2; exit 1; }
listening() { "$1" ss -Hltn "sport = :$2" | grep -q .; }
fetch() { curl --silent --show-error --fail --noproxy '*' --user-agent npa --output /dev/null "$@"; }

finish() {
  for pid in "${children[@]}"; do kill "$pid" 2>"$work/kill.log" || true; done
  wait
  ip netns del npa1; ip netns del npa2
  rm -r "$work"
}

ip netns add npa1
ip netns add npa2
trap finish EXIT
ip link add lan netns npa1 address 02:00:5e:00:53:01 mtu $mtu type veth \
  peer name lan netns npa2 address 02:00:5e:00:53:02 mtu $mtu
for ns in npa1 npa2; do
  # Without offloads every frame has its real length and checksum.
  ip netns exec $ns ethtool -K lan rx off tx off sg off tso off gso off gro off >"$work/ethtool.log"
  ip -n $ns link set lo up
  # As large initial windows as usual, but no metrics of other connections.
  ip netns exec $ns sysctl -qw net.ipv4.tcp_no_metrics_save=1
done
ip -n npa1 addr add 192.0.2.1/24 brd + dev lan
ip -n npa2 addr add 192.0.2.2/24 brd + dev lan
in2 sysctl -qw net.ipv4.icmp_echo_ignore_broadcasts=0
ip -n npa1 link set lan up

# From before the peer's link comes up, to have neighbour and multicast-listener discovery too.
ip netns exec npa1 tcpdump -i lan -Z root --immediate-mode -U --time-stamp-precision nano -w "$work/capture.pcap" \
  2>"$work/tcpdump.log" &
tcpdump=$!
children+=($tcpdump)
await test -s "$work/capture.pcap"

ip -n npa2 link set lan up
ip -n npa1 addr add 2001:db8::1/64 dev lan
ip -n npa2 addr add 2001:db8::2/64 dev lan
await in1 ping -6 -c 1 -W 1 2001:db8::2

for n in 1 2; do
  serve ip netns exec npa$n python3 "$here/vlan_tap.py" lan 20 lan.20
  await ip -n npa$n link set lan.20 address 02:00:5e:00:53:0$n mtu $mtu up
  ip -n npa$n addr add 198.51.100.$n/24 dev lan.20
done
await in1 ping -c 1 -W 1 198.51.100.2

mkdir "$work/files"
for kib in 4 12 24 48; do head -c ${kib}K /dev/urandom >"$work/files/$kib.bin"; done
serve ip netns exec npa1 python3 -m http.server --bind :: --directory "$work/files" 8080
serve ip netns exec npa2 python3 -m http.server --bind :: --directory "$work/files" 8080
serve ip netns exec npa2 dnsmasq --no-daemon --conf-file=/dev/null --no-resolv --no-hosts \
  --user=root --pid-file= --address=/server.example/192.0.2.2 \
  --address=/server.example/2001:db8::2 --txt-record=server.example,"a text record"
serve ip netns exec npa2 iperf3 --server
await listening in1 8080
await listening in2 8080
await listening in2 5201
await listening in2 53

echo 'ICMP, fragments, broadcast, multicast'
in1 ping -q -c 3 -i 0.2 192.0.2.2
in2 ping -q -c 2 -i 0.2 -s 4000 192.0.2.1
in1 ping -6 -q -c 3 -i 0.2 2001:db8::2
in1 ping -6 -q -c 2 -i 0.2 -s 4000 2001:db8::2
in1 ping -q -b -c 2 -i 0.2 192.0.2.255
in1 ping -6 -q -c 2 -i 0.2 ff02::1%lan
in2 ip route replace 224.0.0.0/4 dev lan
in2 dig +tries=1 +timeout=1 @224.0.0.251 -p 5353 server.local || true # Nobody answers.

echo 'DNS'
for type in A AAAA TXT MX; do in1 dig +short @192.0.2.2 server.example $type; done
in1 dig +short +tcp @2001:db8::2 server.example TXT

echo 'HTTP both ways, IPv4 and IPv6, at the same time'
in1 bash -c "$(declare -f fetch); fetch http://192.0.2.2:8080/48.bin" & one=$!
in2 bash -c "$(declare -f fetch); fetch http://192.0.2.1:8080/24.bin" & two=$!
wait $one $two
in1 bash -c "$(declare -f fetch); fetch 'http://[2001:db8::2]:8080/24.bin'"
in2 bash -c "$(declare -f fetch); fetch 'http://[2001:db8::1]:8080/12.bin'"

echo 'VLAN 20'
in1 ping -q -c 2 -i 0.2 198.51.100.2
in1 ping -q -c 1 -s 4000 198.51.100.2
in1 bash -c "$(declare -f fetch); fetch http://198.51.100.2:8080/12.bin"
in2 bash -c "$(declare -f fetch); fetch http://198.51.100.1:8080/4.bin"

echo 'Bursts: TCP, and UDP of small datagrams'
in1 iperf3 --client 192.0.2.2 --bytes 24K --length 8K >"$work/iperf3.log"
in1 iperf3 --client 2001:db8::2 --bytes 16K --length 8K --reverse >"$work/iperf3.log"
in1 iperf3 --client 192.0.2.2 --udp --bytes 4K --length 16 --bitrate 20M >"$work/iperf3.log"

kill $tcpdump # It ends as after SIGINT: writes all it has and its summary.
wait $tcpdump
cat "$work/tcpdump.log"
cp "$work/capture.pcap" "$out"
tshark -r "$out" -q -z io,phs
