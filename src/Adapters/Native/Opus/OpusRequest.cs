namespace Farspan.Native;

/// <summary>The requests of <c>opus_encoder_ctl</c> that Farspan makes (opus_defines.h).</summary>
internal enum OpusRequest
{
    SetBitrate = 4002,
    SetComplexity = 4010,
    SetInbandFec = 4012,
    SetPacketLossPercent = 4014,
    SetDtx = 4016,
    SetPredictionDisabled = 4042,
}
