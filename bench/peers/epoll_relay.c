/*
 * A UDP relay in plain C, of the same shape as Farspan's media worker: pairs of sockets, one thread, epoll;
 * what comes in on one socket of a pair goes out of the other one to the sink.
 *
 *   epoll_relay <batched|single> <core> <sockets> <sink port>
 *
 *   batched   recvmmsg up to 16 from a readable socket, sends collected and flushed with sendmmsg, neighbours of
 *             a socket together: what the media worker does
 *   single    recvfrom, then sendto
 *
 * Prints the ports on one line. A line on standard input is answered with "<packets> <CPU ns>"; its end ends
 * the relay.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sched.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"

enum { EVENTS = 64, RECEIVES = 16, SENDS = 64, ROOM = 2048, BUFFER = 256 * 1024, CODE_POINT = 46, MAX_SOCKETS = 16384 };

typedef struct {
    struct mmsghdr messages[SENDS];
    struct iovec vectors[SENDS];
    struct sockaddr_in addresses[SENDS];
    unsigned char bytes[SENDS][ROOM];
} batch;

static int sockets[MAX_SOCKETS];
static batch received, sending;
static int sending_from[SENDS], sending_count;
static struct sockaddr_in sink;
static long packets;

static void prepare(batch *b, int count) {
    for (int i = 0; i < count; i++) {
        b->vectors[i].iov_base = b->bytes[i];
        b->vectors[i].iov_len = ROOM;
        b->messages[i].msg_hdr.msg_iov = &b->vectors[i];
        b->messages[i].msg_hdr.msg_iovlen = 1;
        b->messages[i].msg_hdr.msg_name = &b->addresses[i];
        b->messages[i].msg_hdr.msg_namelen = sizeof b->addresses[i];
    }
}

static int open_socket(void) {
    int s = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    require(s >= 0, "socket");
    struct sockaddr_in local = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    require(bind(s, (struct sockaddr *)&local, sizeof local) == 0, "bind");
    int buffer = BUFFER, service = CODE_POINT << 2;
    setsockopt(s, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    setsockopt(s, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
    setsockopt(s, IPPROTO_IP, IP_TOS, &service, sizeof service);
    return s;
}

static int port_of(int s) {
    struct sockaddr_in local;
    socklen_t length = sizeof local;
    require(getsockname(s, (struct sockaddr *)&local, &length) == 0, "getsockname");
    return ntohs(local.sin_port);
}

static void flush(void) {
    int start = 0;
    while (start < sending_count) {
        int end = start + 1;
        while (end < sending_count && sending_from[end] == sending_from[start]) {
            end++;
        }
        int sent = sendmmsg(sending_from[start], sending.messages + start, end - start, 0);
        packets += sent > 0 ? sent : 0;
        start = sent > 0 ? start + sent : end; /* what cannot be sent is dropped */
    }
    sending_count = 0;
}

static void relay_batched(int in, int out) {
    for (int i = 0; i < RECEIVES; i++) {
        received.vectors[i].iov_len = ROOM;
        received.messages[i].msg_hdr.msg_namelen = sizeof received.addresses[i];
    }
    int count = recvmmsg(in, received.messages, RECEIVES, 0, NULL);
    for (int i = 0; i < count; i++) {
        if (sending_count == SENDS) {
            flush();
        }
        int length = (int)received.messages[i].msg_len;
        memcpy(sending.bytes[sending_count], received.bytes[i], length);
        sending.vectors[sending_count].iov_len = length;
        sending.addresses[sending_count] = sink;
        sending_from[sending_count++] = out;
    }
}

static void relay_single(int in, int out) {
    struct sockaddr_in from;
    socklen_t from_length = sizeof from;
    ssize_t length = recvfrom(in, received.bytes[0], ROOM, 0, (struct sockaddr *)&from, &from_length);
    if (length >= 0 && sendto(out, received.bytes[0], length, 0, (struct sockaddr *)&sink, sizeof sink) >= 0) {
        packets++;
    }
}

/* Answers the lines that wait; 0 when there will be no more. */
static int report(void) {
    char line[64];
    ssize_t length = read(STDIN_FILENO, line, sizeof line);
    for (ssize_t i = 0; i < length; i++) {
        if (line[i] == '\n') {
            printf("%ld %lld\n", packets, (long long)cpu_ns());
            fflush(stdout);
        }
    }
    return length > 0;
}

static void pin(int core) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(core, &set);
    sched_setaffinity(0, sizeof set, &set);
}

int main(int argc, char **argv) {
  /* The media worker goes first where it may: so do its rivals. */
  setpriority(PRIO_PROCESS, 0, -10);
    require(argc == 5, "epoll_relay batched|single core sockets sink-port");
    int is_batched = strcmp(argv[1], "batched") == 0, count = atoi(argv[3]);
    require(count > 0 && count <= MAX_SOCKETS && count % 2 == 0, "an even number of sockets");
    pin(atoi(argv[2]));
    sink = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[4])),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    prepare(&received, RECEIVES);
    prepare(&sending, SENDS);

    int poll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = { .events = EPOLLIN, .data.u32 = MAX_SOCKETS };
    require(epoll_ctl(poll, EPOLL_CTL_ADD, STDIN_FILENO, &event) == 0, "epoll_ctl");
    for (int i = 0; i < count; i++) {
        sockets[i] = open_socket();
        event.data.u32 = (uint32_t)i;
        require(epoll_ctl(poll, EPOLL_CTL_ADD, sockets[i], &event) == 0, "epoll_ctl");
        printf("%d%c", port_of(sockets[i]), i == count - 1 ? '\n' : ' ');
    }
    fflush(stdout);

    struct epoll_event events[EVENTS];
    for (int running = 1; running;) {
        int ready = epoll_wait(poll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            uint32_t place = events[i].data.u32;
            if (place == MAX_SOCKETS) {
                running = report();
            } else if (is_batched) {
                relay_batched(sockets[place], sockets[place ^ 1]);
            } else {
                relay_single(sockets[place], sockets[place ^ 1]);
            }
        }
        flush();
    }
    return 0;
}
