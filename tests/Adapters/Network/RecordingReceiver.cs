using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;
using Farspan.Sip;

namespace Farspan.Network.Tests;

/// <summary>Writes down what a listener reports, and lets a test await it.</summary>
internal sealed class RecordingReceiver : ISipReceiver
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly Channel<(SipFlow Flow, string Message)> _messages =
        Channel.CreateUnbounded<(SipFlow Flow, string Message)>();

    private readonly Channel<(SipFlow Flow, SipFlowFailure Failure)> _failures =
        Channel.CreateUnbounded<(SipFlow Flow, SipFlowFailure Failure)>();

    private readonly Channel<(SipFlow Flow, string? Subject)> _opened =
        Channel.CreateUnbounded<(SipFlow Flow, string? Subject)>();

    public bool IsAdmitting { get; set; } = true;

    public bool Admits(SipTransport transport, IPEndPoint source) => IsAdmitting;

    public void FlowOpened(in SipFlow flow, X509Certificate2? peerCertificate) =>
        _opened.Writer.TryWrite((flow, peerCertificate?.Subject));

    public void Receive(in SipFlow flow, ReadOnlySpan<byte> message) =>
        _messages.Writer.TryWrite((flow, Encoding.UTF8.GetString(message)));

    public void FlowFailed(in SipFlow flow, SipFlowFailure failure) =>
        _failures.Writer.TryWrite((flow, failure));

    public Task<(SipFlow Flow, string Message)> NextMessage() => Next(_messages);

    public Task<(SipFlow Flow, SipFlowFailure Failure)> NextFailure() => Next(_failures);

    public Task<(SipFlow Flow, string? Subject)> NextOpened() => Next(_opened);

    private static Task<T> Next<T>(Channel<T> channel) =>
        channel.Reader.ReadAsync().AsTask().WaitAsync(_patience);
}
