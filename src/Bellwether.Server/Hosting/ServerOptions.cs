namespace Bellwether.Server.Hosting;

/// <summary>How a server runs. Read once, at start.</summary>
internal sealed record ServerOptions
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Where everything is kept; created when missing. One process at a time.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Whether the data folder is removed when the server stops.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>Addresses to listen on; port 0 takes a free one.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [DefaultUrl];

    /// <summary>Accepts that whoever reaches the address may read and write everything.</summary>
    public bool Insecure { get; init; }

    /// <summary>Where alerts are posted, beside those of the configuration key <c>Bellwether:Webhooks</c>.</summary>
    public IReadOnlyList<string> Webhooks { get; init; } = [];

    /// <summary>Requests with rows that are read and stored at once: each may hold a body of 64 MiB and what it parses to.</summary>
    public int BodiesAtOnce { get; init; } = 32;

    /// <summary>Requests with rows that wait for their turn, their bodies still with the sender; what comes beyond is told to come again.</summary>
    public int BodiesWaiting { get; init; } = 512;

    /// <summary>Set for the verb <c>demo</c>: the history to load before the server is ready.</summary>
    public DemoSettings? Demo { get; init; }
}

/// <summary>What the demo shows.</summary>
/// <param name="Seed">The same seed gives the same rows.</param>
/// <param name="Drift">False for a world in which nothing goes wrong.</param>
internal sealed record DemoSettings(int Seed, bool Drift);
