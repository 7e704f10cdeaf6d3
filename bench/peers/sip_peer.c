/*
 * A floor for forwarding SIP: finds the lines and the header names of messages and copies them with one Via more.
 * Nothing is checked or understood, so no real element can be as fast.
 *
 *   sip_peer <rounds> < messages      frames of 16-bit length and message; prints "<CPU ns a message>"
 */
#include <string.h>
#include <strings.h>

#include "clock.h"

enum { MAX_MESSAGES = 256, ROOM = 4096 };

static const char *const names[] = { "via", "from", "to", "call-id", "cseq", "contact", "max-forwards", "route",
                                     "record-route", "allow", "supported", "user-agent", "content-type",
                                     "content-length", "session-expires", "p-asserted-identity" };
static const char via[] = "Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK0123456789abcdef01234567\r\n";

static unsigned char messages[MAX_MESSAGES][ROOM];
static int lengths[MAX_MESSAGES];
static volatile int known_headers;

static int find_name(const unsigned char *name, size_t length) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strlen(names[i]) == length && strncasecmp(names[i], (const char *)name, length) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static size_t forward(const unsigned char *message, size_t length, unsigned char *out) {
    const unsigned char *at = message, *end = message + length, *line_end;
    size_t written = 0;
    while ((line_end = memchr(at, '\n', end - at)) != NULL && line_end - at > 1) {
        const unsigned char *colon = memchr(at, ':', line_end - at);
        known_headers += at != message && colon != NULL && find_name(at, colon - at) >= 0;
        memcpy(out + written, at, line_end + 1 - at);
        written += line_end + 1 - at;
        if (at == message) {
            memcpy(out + written, via, sizeof via - 1);
            written += sizeof via - 1;
        }
        at = line_end + 1;
    }
    memcpy(out + written, at, end - at);
    return written + (end - at);
}

int main(int argc, char **argv) {
    require(argc == 2, "sip_peer rounds");
    int count = 0, rounds = atoi(argv[1]);
    unsigned char head[2];
    while (count < MAX_MESSAGES && fread(head, 1, 2, stdin) == 2) {
        lengths[count] = head[0] << 8 | head[1];
        require(lengths[count] < ROOM, "message too long");
        require(fread(messages[count], 1, lengths[count], stdin) == (size_t)lengths[count], "short frame");
        count++;
    }
    require(count > 0 && rounds > 0, "messages");

    static unsigned char out[2 * ROOM];
    size_t total = 0;
    int64_t start = cpu_ns();
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < count; i++) {
            total += forward(messages[i], lengths[i], out);
        }
    }
    int64_t cpu = cpu_ns() - start;
    require(total > 0, "nothing was forwarded");
    printf("%.1f\n", (double)cpu / rounds / count);
    return 0;
}
