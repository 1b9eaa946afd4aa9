// SPDX-License-Identifier: MIT
//
// The data path of this project in C: what the machine allows. Same shape, same checks.
//
// Guest A writes 16-byte transmit descriptors and rings a doorbell. The device translates each
// address by a page table, looks the source address up (anti-spoof) and the destination among eight
// pools, copies the frame once into guest B's 2 KiB buffer and writes the receive descriptor back.
// Guest B polls its receive ring, counts, and refills. Frames and bytes are counted on the way.
//
// usage: shape FRAME_BYTES MILLIS RUNS     (FRAME_BYTES without FCS, 60 to 1514)
// output, one line per run: "copy ns", "handover ns", "paused percent", "one-core frames/s",
// "two-cores frames/s"

#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { RING = 512, MASK = RING - 1, BURST = 32, WINDOW = 448, BUFFERS = 1024, PITCH = 2048 + 64 };
enum { PAGE = 4096, PAGES = 2 * BUFFERS * PITCH / PAGE + 4, POOLS = 8 };
enum { READ = 1, WRITE = 2, DONE = 1, END = 2 };

struct descriptor { uint64_t address, fields; };

struct ring {
  struct descriptor at[RING];
  _Alignas(64) atomic_uint tail;
};

struct world {
  uint8_t *memory;
  uint64_t page_table[PAGES];
  uint64_t macs[POOLS];
  struct ring tx, rx;
  _Alignas(64) uint32_t device_tx_head, device_rx_head;
  uint64_t device_frames, device_bytes, forged, faults;
  _Alignas(64) uint32_t tx_written, tx_done, rx_next, rx_filled;
  uint64_t free_stack[BUFFERS];
  int free_count;
  uint64_t rx_buffers[RING];
  uint64_t rx_free[RING + 64];
  int rx_free_count;
  uint64_t tx_buffers[RING];
  uint64_t sent, guest_bytes;
  _Alignas(64) atomic_ulong delivered;
  atomic_bool stop;
  int frame_bytes;
};

static uint64_t nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000ull + now.tv_nsec;
}

static void pin(int core) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(core, &set);
  pthread_setaffinity_np(pthread_self(), sizeof set, &set);
}

static inline uint64_t translate(struct world *w, uint64_t iova, uint32_t bytes, int permission) {
  uint64_t page = iova / PAGE;
  uint32_t in_page = iova % PAGE;
  if (page >= PAGES || bytes == 0) goto fault;
  uint64_t entry = w->page_table[page];
  if (!(entry & permission)) goto fault;
  for (uint32_t end = PAGE; end < in_page + bytes; end += PAGE) { // contiguous, or a fault
    page++;
    if (page >= PAGES || !(w->page_table[page] & permission) ||
        (w->page_table[page] & -PAGE) != (entry & -PAGE) + end)
      goto fault;
  }
  return (entry & -PAGE) + in_page;
fault:
  w->faults++;
  return UINT64_MAX;
}

// One load of eight bytes, two of which are dropped: gcc makes six bytes into a store of four and
// one of two that a load of eight then waits for, which doubles the time per frame.
static inline uint64_t load48(const uint8_t *p) {
  uint64_t value;
  memcpy(&value, p, sizeof value);
  return value & 0xFFFFFFFFFFFF;
}

static bool device_poll(struct world *w) {
  uint32_t tail = atomic_load_explicit(&w->tx.tail, memory_order_acquire);
  uint32_t head = w->device_tx_head;
  if (head == tail) return false;
  uint32_t rx_tail = atomic_load_explicit(&w->rx.tail, memory_order_acquire);
  struct descriptor *held = NULL;
  uint64_t held_value = 0;
  for (int n = 0; n < 64 && head != tail; n++, head = (head + 1) & MASK) {
    struct descriptor *d = &w->tx.at[head];
    uint32_t length = d->fields & 0xFFFF;
    uint64_t from = translate(w, d->address, length, READ);
    if (from == UINT64_MAX) continue;
    const uint8_t *frame = w->memory + from;
    if (load48(frame + 6) != w->macs[0]) {
      w->forged++;
      continue;
    }
    uint64_t destination = load48(frame);
    uint32_t pools = 0;
    for (int i = 0; i < POOLS; i++) pools |= (uint32_t)(w->macs[i] == destination) << i;
    if (pools == 2 && w->device_rx_head != rx_tail) {
      struct descriptor *r = &w->rx.at[w->device_rx_head];
      uint64_t to = translate(w, r->address, length, WRITE);
      if (to == UINT64_MAX) continue;
      memcpy(w->memory + to, frame, length);
      uint64_t value = (uint64_t)length << 32 | DONE | END;
      if (held == NULL) {
        held = r;
        held_value = value;
      } else {
        r->fields = value;
      }
      w->device_rx_head = (w->device_rx_head + 1) & MASK;
      w->device_frames++;
      w->device_bytes += length;
    }
    if (d->fields & 1u << 27)
      atomic_store_explicit((_Atomic uint64_t *)&d->fields, 1ull << 32, memory_order_release);
  }
  w->device_tx_head = head;
  if (held)
    atomic_store_explicit((_Atomic uint64_t *)&held->fields, held_value, memory_order_release);
  return true;
}

static void refill(struct world *w) {
  bool any = false;
  while (((w->rx_filled + 1) & MASK) != w->rx_next && w->rx_free_count > 0) {
    uint64_t buffer = w->rx_free[--w->rx_free_count];
    w->rx_buffers[w->rx_filled] = buffer;
    w->rx.at[w->rx_filled].address = buffer;
    w->rx.at[w->rx_filled].fields = 0;
    w->rx_filled = (w->rx_filled + 1) & MASK;
    any = true;
  }
  if (any) atomic_store_explicit(&w->rx.tail, w->rx_filled, memory_order_release);
}

static void guest_poll(struct world *w) {
  int received = 0;
  while (w->rx_next != w->rx_filled && received < 64) {
    struct descriptor *d = &w->rx.at[w->rx_next];
    uint64_t fields = atomic_load_explicit((_Atomic uint64_t *)&d->fields, memory_order_acquire);
    if (!(fields & DONE)) break;
    w->guest_bytes += fields >> 32 & 0xFFFF;
    w->rx_free[w->rx_free_count++] = w->rx_buffers[w->rx_next];
    w->rx_next = (w->rx_next + 1) & MASK;
    received++;
  }
  uint64_t delivered = atomic_load_explicit(&w->delivered, memory_order_relaxed) + received;
  if (received) {
    atomic_store_explicit(&w->delivered, delivered, memory_order_relaxed);
    refill(w);
  }
  while (w->tx_done != w->tx_written) { // every burst's last descriptor reports
    uint32_t last = (w->tx_done + BURST - 1) & MASK;
    uint64_t done = atomic_load_explicit((_Atomic uint64_t *)&w->tx.at[last].fields, memory_order_acquire);
    if (done != 1ull << 32) break;
    for (int i = 0; i < BURST; i++, w->tx_done = (w->tx_done + 1) & MASK)
      w->free_stack[w->free_count++] = w->tx_buffers[w->tx_done];
  }
  if (w->sent - delivered > WINDOW - BURST || w->free_count < BURST) return;
  if (((w->tx_done - w->tx_written - 1) & MASK) < BURST) return;
  for (int i = 0; i < BURST; i++) {
    uint64_t buffer = w->free_stack[--w->free_count];
    w->tx_buffers[w->tx_written] = buffer;
    w->tx.at[w->tx_written].address = buffer;
    w->tx.at[w->tx_written].fields = w->frame_bytes | (i + 1 == BURST ? 1u << 27 : 0);
    w->tx_written = (w->tx_written + 1) & MASK;
  }
  atomic_store_explicit(&w->tx.tail, w->tx_written, memory_order_release);
  w->sent += BURST;
}

static struct world *build(int frame_bytes) {
  struct world *w = aligned_alloc(64, (sizeof *w + 63) / 64 * 64);
  memset(w, 0, sizeof *w);
  w->frame_bytes = frame_bytes;
  w->memory = aligned_alloc(PAGE, (size_t)PAGES * PAGE);
  memset(w->memory, 0, (size_t)PAGES * PAGE);
  for (uint64_t i = 0; i < PAGES; i++) w->page_table[i] = i * PAGE | READ | WRITE;
  for (int i = 0; i < POOLS; i++) w->macs[i] = 0x020000005452ull + ((uint64_t)i << 40);
  for (int i = 0; i < BUFFERS; i++) {
    uint64_t buffer = PAGE + (uint64_t)i * PITCH;
    memcpy(w->memory + buffer, &w->macs[1], 6);
    memcpy(w->memory + buffer + 6, &w->macs[0], 6);
    w->free_stack[w->free_count++] = buffer;
  }
  for (int i = 0; i < RING + 64; i++)
    w->rx_free[w->rx_free_count++] = PAGE + (uint64_t)(BUFFERS + i) * PITCH;
  refill(w);
  return w;
}

static void drop(struct world *w) {
  if (w->faults || w->forged) fprintf(stderr, "shape: %lu faults, %lu forged\n", w->faults, w->forged), exit(1);
  free(w->memory);
  free(w);
}

static double one_core(int frame_bytes, uint64_t span) {
  struct world *w = build(frame_bytes);
  uint64_t start = nanos(), now = start;
  while (now - start < span) {
    for (int i = 0; i < 1000; i++) {
      guest_poll(w);
      device_poll(w);
    }
    now = nanos();
  }
  double rate = atomic_load(&w->delivered) * 1e9 / (now - start);
  drop(w);
  return rate;
}

static void *device_thread(void *argument) {
  struct world *w = argument;
  pin(1);
  while (!atomic_load_explicit(&w->stop, memory_order_relaxed)) device_poll(w);
  return NULL;
}

static double two_cores(int frame_bytes, uint64_t span) {
  struct world *w = build(frame_bytes);
  pthread_t thread;
  if (pthread_create(&thread, NULL, device_thread, w)) exit(1);
  uint64_t start = nanos(), now = start;
  while (now - start < span) {
    for (int i = 0; i < 1000; i++) guest_poll(w);
    now = nanos();
  }
  double rate = atomic_load(&w->delivered) * 1e9 / (now - start);
  atomic_store(&w->stop, true);
  pthread_join(thread, NULL);
  drop(w);
  return rate;
}

static double copy_nanos(int frame_bytes, uint64_t span) {
  size_t size = (size_t)BUFFERS * PITCH;
  uint8_t *from = aligned_alloc(PAGE, (size + PAGE) / PAGE * PAGE);
  uint8_t *to = aligned_alloc(PAGE, (size + PAGE) / PAGE * PAGE);
  memset(from, 1, size);
  memset(to, 2, size);
  uint64_t copies = 0, start = nanos(), now = start;
  while (now - start < span) {
    for (int i = 0; i < BURST * 32; i++) // as many buffers as are under way
      memcpy(to + (size_t)(i % RING) * PITCH, from + (size_t)(i % BURST) * PITCH, frame_bytes);
    __asm__ volatile("" ::: "memory");
    copies += BURST * 32;
    now = nanos();
  }
  free(from);
  free(to);
  return (double)(now - start) / copies;
}

struct pingpong { _Alignas(64) atomic_uint turn; };

static void *pong(void *argument) {
  struct pingpong *p = argument;
  pin(1);
  for (uint32_t i = 0;; i += 2) {
    uint32_t turn;
    while ((turn = atomic_load_explicit(&p->turn, memory_order_acquire)) != i + 1)
      if (turn == UINT32_MAX) return NULL;
    atomic_store_explicit(&p->turn, i + 2, memory_order_release);
  }
}

static double handover_nanos(void) {
  enum { ROUNDS = 20000 };
  struct pingpong *p = aligned_alloc(64, sizeof *p);
  atomic_init(&p->turn, 0);
  pthread_t thread;
  if (pthread_create(&thread, NULL, pong, p)) exit(1);
  uint64_t start = 0;
  for (uint32_t i = 0; i < 2 * ROUNDS; i += 2) {
    if (i == ROUNDS) start = nanos();
    atomic_store_explicit(&p->turn, i + 1, memory_order_release);
    while (atomic_load_explicit(&p->turn, memory_order_acquire) != i + 2) {}
  }
  double each = (double)(nanos() - start) / ROUNDS;
  atomic_store(&p->turn, UINT32_MAX);
  pthread_join(thread, NULL);
  free(p);
  return each;
}

// What the system takes from threads that do nothing but look at the clock, one on each core: the
// share of time, in percent, in gaps of over 10 us. No software on the machine has less latency.
enum { GAP_NANOS = 10000 };

struct spinner { int core; uint64_t span, lost; };

static void *spin(void *argument) {
  struct spinner *s = argument;
  pin(s->core);
  uint64_t start = nanos(), last = start;
  while (last - start < s->span) {
    uint64_t now = nanos();
    if (now - last > GAP_NANOS) s->lost += now - last;
    last = now;
  }
  return NULL;
}

static double paused_percent(uint64_t span) {
  struct spinner here = {0, span, 0}, there = {1, span, 0};
  pthread_t thread;
  if (pthread_create(&thread, NULL, spin, &there)) exit(1);
  spin(&here);
  pthread_join(thread, NULL);
  return 50.0 * (here.lost + there.lost) / span;
}

int main(int argc, char **argv) {
  if (argc != 4) return fprintf(stderr, "usage: shape FRAME_BYTES MILLIS RUNS\n"), 2;
  int frame_bytes = atoi(argv[1]), millis = atoi(argv[2]), runs = atoi(argv[3]);
  if (frame_bytes < 60 || frame_bytes > 1514 || millis < 1 || runs < 1) return 2;
  bool two = sysconf(_SC_NPROCESSORS_ONLN) > 1;
  pin(0);
  for (int i = 0; i < runs; i++) {
    printf("copy %.3f\n", copy_nanos(frame_bytes, millis * 1000000ull));
    printf("one-core %.0f\n", one_core(frame_bytes, millis * 1000000ull));
    if (two) {
      printf("handover %.2f\n", handover_nanos());
      printf("paused %.3f\n", paused_percent(millis * 1000000ull));
      printf("two-cores %.0f\n", two_cores(frame_bytes, millis * 1000000ull));
    }
    fflush(stdout);
  }
  return 0;
}
