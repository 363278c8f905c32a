namespace Bellwether.Cli;

/// <summary>What the tool tells a script.</summary>
internal static class ExitCode
{
    /// <summary>Nothing at or above the limit was found.</summary>
    public const int Nothing = 0;

    /// <summary>Something at or above the limit was found.</summary>
    public const int Found = 1;

    /// <summary>Bad usage or input, or a server that refuses or does not answer.</summary>
    public const int BadInput = 2;

    /// <summary>The user stopped it, as shells count SIGINT.</summary>
    public const int Stopped = 130;
}
