/*
 * What libopus alone costs: for each call and frame of 20 ms one encode and one decode, at the settings of
 * Farspan's bridge, and nothing else.
 *
 *   opus_peer <file of 16-bit PCM, 8 kHz> <calls> <seconds>      prints "<CPU ms a call-second> <bytes a frame>"
 *
 * The calls take turns frame by frame, as in a media worker, so that their states compete for the caches.
 */
#include <opus/opus.h>
#include <string.h>

#include "clock.h"

enum { RATE = 8000, FRAME = 160, BITRATE = 16000, COMPLEXITY = 5, ROOM = 1275, MAX_CALLS = 1024, FRAMES_A_SECOND = 50 };

typedef struct {
    OpusEncoder *encoder;
    OpusDecoder *decoder;
} call;

static call open_call(void) {
    int error;
    call c;
    c.encoder = opus_encoder_create(RATE, 1, OPUS_APPLICATION_VOIP, &error);
    require(error == OPUS_OK, "opus_encoder_create");
    opus_encoder_ctl(c.encoder, OPUS_SET_BITRATE(BITRATE));
    opus_encoder_ctl(c.encoder, OPUS_SET_COMPLEXITY(COMPLEXITY));
    opus_encoder_ctl(c.encoder, OPUS_SET_INBAND_FEC(0));
    opus_encoder_ctl(c.encoder, OPUS_SET_DTX(0));
    opus_encoder_ctl(c.encoder, OPUS_SET_PACKET_LOSS_PERC(0));
    c.decoder = opus_decoder_create(RATE, 1, &error);
    require(error == OPUS_OK, "opus_decoder_create");
    return c;
}

int main(int argc, char **argv) {
    require(argc == 4, "opus_peer pcm-file calls seconds");
    FILE *file = fopen(argv[1], "rb");
    require(file != NULL, argv[1]);
    static short pcm[RATE * 120];
    size_t frames = fread(pcm, sizeof *pcm, sizeof pcm / sizeof *pcm, file) / FRAME;
    int calls = atoi(argv[2]), count = atoi(argv[3]) * FRAMES_A_SECOND;
    require(frames > 0 && calls > 0 && calls <= MAX_CALLS && count > 0, "calls and seconds");
    static call all[MAX_CALLS];
    for (int i = 0; i < calls; i++) {
        all[i] = open_call();
    }

    int64_t bytes = 0, start = cpu_ns();
    for (int frame = 0; frame < count; frame++) {
        for (int i = 0; i < calls; i++) {
            unsigned char payload[ROOM];
            short out[FRAME];
            /* Each call is at another place of the recording. */
            const short *in = pcm + (frame + i * 7) % frames * FRAME;
            int length = opus_encode(all[i].encoder, in, FRAME, payload, sizeof payload);
            require(length > 0 && opus_decode(all[i].decoder, payload, length, out, FRAME, 0) == FRAME, "opus");
            bytes += length;
        }
    }
    double ms = (double)(cpu_ns() - start) / 1e6;
    printf("%.5f %.2f\n", ms / calls * FRAMES_A_SECOND / count, (double)bytes / calls / count);
    return 0;
}
