/*
 * Sends RTP-sized datagrams to a relay's ports in turn and receives what the relay sends on.
 *
 *   udp_load <core> <packets a second; 0: closed loop> <warm-up ms> <measured ms>
 *
 * Prints the sink's port, reads the number of the relay's ports and the ports, then prints "begin" after the
 * warm-up and "end <sent> <received>" after the measured time; both count the measured time only. The closed loop
 * keeps WINDOW datagrams on their way, so that the relay is always busy and nothing is lost.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/socket.h>

#include "clock.h"

enum { WINDOW = 256, BATCH = 64, SIZE = 172, STRIDE = 389, MAX_PORTS = 16384 };

static struct sockaddr_in targets[MAX_PORTS];
static int target_count, next_target;
static struct mmsghdr outgoing[BATCH], incoming[BATCH];
static struct iovec out_vectors[BATCH], in_vectors[BATCH];
static unsigned char packet[SIZE], rooms[BATCH][2048];
static long sent, received;

static int64_t wall_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int open_socket(void) {
    int s = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in local = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int buffer = 4 << 20;
    require(s >= 0 && bind(s, (struct sockaddr *)&local, sizeof local) == 0, "bind");
    setsockopt(s, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    setsockopt(s, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
    return s;
}

static void prepare(void) {
    packet[0] = 0x80;
    for (int i = 0; i < BATCH; i++) {
        out_vectors[i] = (struct iovec){ packet, SIZE };
        in_vectors[i] = (struct iovec){ rooms[i], sizeof rooms[i] };
        outgoing[i].msg_hdr = (struct msghdr){ .msg_iov = &out_vectors[i], .msg_iovlen = 1,
                                               .msg_namelen = sizeof targets[0] };
        incoming[i].msg_hdr = (struct msghdr){ .msg_iov = &in_vectors[i], .msg_iovlen = 1 };
    }
}

static void send_packets(int s, long count) {
    while (count > 0) {
        int batch = count < BATCH ? (int)count : BATCH;
        for (int i = 0; i < batch; i++) {
            /* Neighbours in time are strangers in memory, as with real calls. */
            next_target = (next_target + STRIDE) % target_count;
            outgoing[i].msg_hdr.msg_name = &targets[next_target];
        }
        int done = sendmmsg(s, outgoing, batch, 0);
        if (done <= 0) {
            return;
        }
        sent += done;
        count -= done;
    }
}

static long receive_packets(int s) {
    long all = 0;
    int count;
    do {
        count = recvmmsg(s, incoming, BATCH, 0, NULL);
        all += count > 0 ? count : 0;
    } while (count == BATCH);
    received += all;
    return all;
}

static void run_closed(int out, int sink, int64_t end) {
    struct pollfd wait = { .fd = sink, .events = POLLIN };
    send_packets(out, WINDOW - (sent - received));
    while (wall_ns() < end) {
        if (poll(&wait, 1, 100) == 0) {
            received = sent; /* lost: fill the window again */
        }
        receive_packets(sink);
        send_packets(out, WINDOW - (sent - received));
    }
}

static void run_paced(int out, int sink, int64_t end, long rate) {
    const int64_t start = wall_ns();
    struct pollfd wait = { .fd = sink, .events = POLLIN };
    for (long due = 0; wall_ns() < end;) {
        int64_t elapsed = wall_ns() - start;
        long want = (long)(elapsed / 1000000 * rate / 1000);
        send_packets(out, want - due);
        due = want;
        receive_packets(sink);
        struct timespec pause = { 0, 1000000 - (wall_ns() - start) % 1000000 };
        ppoll(&wait, 0, &pause, NULL);
    }
}

static void run(int out, int sink, long rate, int64_t duration) {
    int64_t end = wall_ns() + duration;
    if (rate == 0) {
        run_closed(out, sink, end);
    } else {
        run_paced(out, sink, end, rate);
    }
}

int main(int argc, char **argv) {
    require(argc == 5, "udp_load core rate warm-up-ms measured-ms");
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(atoi(argv[1]), &set);
    sched_setaffinity(0, sizeof set, &set);
    long rate = atol(argv[2]);
    int out = open_socket(), sink = open_socket();
    struct sockaddr_in local;
    socklen_t length = sizeof local;
    require(getsockname(sink, (struct sockaddr *)&local, &length) == 0, "getsockname");
    printf("%d\n", ntohs(local.sin_port));
    fflush(stdout);

    require(scanf("%d", &target_count) == 1 && target_count > 0 && target_count <= MAX_PORTS, "ports");
    for (int i = 0; i < target_count; i++) {
        int port;
        require(scanf("%d", &port) == 1, "port");
        targets[i] = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                                           .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    }
    prepare();
    run(out, sink, rate, atol(argv[3]) * 1000000);
    printf("begin\n");
    fflush(stdout);
    long sent_before = sent, received_before = received;
    run(out, sink, rate, atol(argv[4]) * 1000000);
    printf("end %ld %ld\n", sent - sent_before, received - received_before);
    fflush(stdout);
    return 0;
}
