using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>Requests and variants that are made of another request, field by field as the RFC says.</summary>
public static class SipDerivedRequests
{
    extension(SipRequest request)
    {
        /// <summary>
        /// The ACK for a 3xx-6xx: Request-URI, top Via, Route, From, Call-ID and CSeq number of the INVITE,
        /// To of the response (RFC 3261 §17.1.1.3).
        /// </summary>
        public SipRequest CreateNon2xxAck(SipResponse response)
        {
            Invariant.Require(request.Method == SipMethod.Invite && response.IsFailure);
            return Derive(request, "ACK"u8, response.View.First(SipHeader.To), null);
        }

        /// <summary>The CANCEL of this request (RFC 3261 §9.1).</summary>
        /// <param name="reason">Why; null to say nothing (RFC 3326 §2).</param>
        public SipRequest CreateCancel(SipReason? reason = null)
        {
            Invariant.Require(request.Method is not (SipMethod.Ack or SipMethod.Cancel));
            return Derive(request, "CANCEL"u8, request.View.First(SipHeader.To), reason);
        }

        /// <summary>The same request with another top Via, such as one with <c>received</c> noted.</summary>
        public SipRequest WithTopVia(Via topVia) => Rewrite(request, topVia, isAdded: false);

        /// <summary>The same request with one more Via on top.</summary>
        public SipRequest WithAddedVia(Via topVia) => Rewrite(request, topVia, isAdded: true);
    }

    private static SipRequest Derive(
        SipRequest request,
        ReadOnlySpan<byte> method,
        ReadOnlySpan<byte> to,
        SipReason? reason)
    {
        var view = request.View;
        using var writer = new SipTextWriter(1024);
        WriteRequestLine(writer, method, view.RequestUri);
        var topVia = new SipScanner(view.First(SipHeader.Via));
        writer.Header(SipHeader.Via, SipListReader.TakeValue(ref topVia));
        writer.Header(SipHeader.MaxForwards, SipLimits.DefaultMaxForwards);
        writer.CopyAll(view, SipHeader.Route);
        writer.CopyAll(view, SipHeader.From);
        writer.Header(SipHeader.To, to);
        writer.CopyAll(view, SipHeader.CallId);
        writer.HeaderName(SipHeader.CSeq);
        writer.Number(request.CSeq.Number);
        writer.Raw(" "u8);
        writer.Raw(method);
        writer.Raw("\r\n"u8);
        if (reason is not null)
        {
            writer.Header(SipHeader.Reason, reason.ToString());
        }

        writer.Finish([]);
        return (SipRequest)SipBuilding.Parse(writer.Written);
    }

    private static SipRequest Rewrite(SipRequest request, Via topVia, bool isAdded)
    {
        var view = request.View;
        using var writer = new SipTextWriter(view.Bytes.Length + 256);
        WriteRequestLine(writer, view.MethodName, view.RequestUri);
        writer.Header(SipHeader.Via, topVia.ToString());
        if (isAdded)
        {
            writer.CopyAll(view, SipHeader.Via);
        }
        else
        {
            writer.ViasBelowTop(view);
        }

        writer.OtherLines(view);
        writer.Finish(view.Body);
        return (SipRequest)SipBuilding.Parse(writer.Written);
    }

    private static void WriteRequestLine(
        SipTextWriter writer,
        ReadOnlySpan<byte> method,
        ReadOnlySpan<byte> requestUri)
    {
        writer.Raw(method);
        writer.Raw(" "u8);
        writer.Raw(requestUri);
        writer.Raw(" SIP/2.0\r\n"u8);
    }
}
