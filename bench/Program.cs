using Farspan.Bench;

var benches = new SortedDictionary<string, Action<BenchOptions, Scoreboard>>(StringComparer.Ordinal)
{
    ["calls"] = CallsBench.Run,
    ["dtls"] = DtlsBench.Run,
    ["opus"] = OpusBench.Run,
    ["relay"] = RelayBench.Run,
    ["signalling"] = SignallingBench.Run,
    ["sip"] = SipBench.Run,
    ["srtp"] = SrtpBench.Run,
};

if (args is ["report", var name, var section])
{
    return PerformancePage.Replace(name, section);
}

if (args.Length == 0 || !benches.TryGetValue(args[0], out var bench)
    || BenchOptions.Parse(args.AsSpan(1)) is not { } options)
{
    Console.Error.WriteLine($"usage: bench/run [{string.Join('|', benches.Keys)}] {BenchOptions.Usage}");
    return 2;
}

if (!Peer.AreBuilt)
{
    Console.Error.WriteLine("The C programs are missing: bench/peers/build makes them.");
    return 2;
}

var scoreboard = new Scoreboard(args[0], options);
bench(options, scoreboard);
scoreboard.Save();
return scoreboard.IsGood ? 0 : 1;
