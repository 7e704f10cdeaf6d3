using Farspan.Bench;

var benches = new SortedDictionary<string, Func<string[], int>>
{
    ["dtls"] = DtlsBench.Run,
    ["srtp"] = SrtpBench.Run,
};

if (args.Length > 0 && benches.TryGetValue(args[0], out var bench))
{
    return bench(args[1..]);
}

var names = string.Join('|', benches.Keys);
Console.Error.WriteLine($"usage: dotnet run -c Release --project bench -- {names} [options]");
return 2;
