using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Bellwether.Contracts;
using Microsoft.Extensions.Logging;

namespace Bellwether.Storage.Log.Segments;

/// <summary>The files of segments: one folder a model, one file a period.</summary>
internal sealed partial class SegmentFolder(string folder, ILogger logger)
{
    private const string Unfinished = ".tmp";

    private readonly ConcurrentDictionary<string, (long SizeBytes, DateTime Written)> _verified = new();
    private readonly ConcurrentDictionary<string, string> _damaged = new();

    /// <summary>Files found damaged and not found whole since, each with what is wrong, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Damaged => [.. _damaged.OrderBy(pair => pair.Key, StringComparer.Ordinal)];

    public string PathOf(Segment segment) => PathOf(segment.File);

    /// <summary>The name of a period's file, as a person reads a date: <c>model-churn/2026-07-01.1.parquet</c>.</summary>
    public static string FileOf(ModelKey model, string period, int revision)
    {
        string date = period.Length == 9 ? $"{period[1..5]}-{period[5..7]}-{period[7..]}" : $"{period[1..5]}-{period[5..]}";
        // The prefix and the tilde (which no key has) keep keys such as "con" and "a." apart on systems that give such names a meaning.
        string tilde = model.Value.EndsWith('.') ? "~" : "";
        return string.Create(CultureInfo.InvariantCulture, $"model-{model.Value}{tilde}/{date}.{revision}.parquet");
    }

    /// <summary>The segment a path belongs to, by the name that <see cref="Segment.File"/> has.</summary>
    public string FileAt(string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');

    /// <summary>Writes a file whole: under another name until it is on disk, so that one with its final name is never half a file.</summary>
    /// <returns>Its digest in hex and its bytes.</returns>
    public (string Sha256, long SizeBytes) Write(string file, Action<string> write, Action<RollStep>? reached)
    {
        string path = PathOf(file), unfinished = path + Unfinished;
        string parent = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(parent);
        try
        {
            write(unfinished);
            Durable.SyncFile(unfinished);
            string digest = Digest(unfinished);
            long size = new FileInfo(unfinished).Length;
            reached?.Invoke(RollStep.Written);
            File.Move(unfinished, path, overwrite: true); // One that is there was never listed: a roll failed after this line.
            Durable.SyncFolder(parent);
            Durable.SyncFolder(folder);
            _verified[file] = (size, File.GetLastWriteTimeUtc(path));
            return (digest, size);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    public void Delete(string file)
    {
        _verified.TryRemove(file, out _);
        _damaged.TryRemove(file, out _);
        File.Delete(PathOf(file));
    }

    /// <summary>Makes sure that a file is the one that was written. Its digest is computed once a process, and again when the file changes.</summary>
    /// <exception cref="SegmentDamagedException">It is not.</exception>
    public void Verify(Segment segment)
    {
        if (Fault(segment, withDigest: true) is { } fault) { throw new SegmentDamagedException(segment.File, fault); }
    }

    /// <summary>Whether a file is the one that was written; tells the log when it is not.</summary>
    public bool IsWhole(Segment segment, bool withDigest) => Fault(segment, withDigest) is null;

    /// <summary>Removes what no manifest row names: files of a roll that a crash cut short, or replaced by a later one.</summary>
    public void Sweep(IEnumerable<Segment> listed)
    {
        Directory.CreateDirectory(folder);
        var names = listed.Select(segment => segment.File).ToHashSet(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToList())
        {
            string file = FileAt(path);
            if (names.Contains(file) || !Ours().IsMatch(file)) { continue; }
            LogLeftover(file);
            File.Delete(path);
        }
    }

    // Only what this class writes: a file that a person put here is none of ours.
    [GeneratedRegex(@"^model-[^/]+/\d{4}-\d\d(-\d\d)?\.\d+\.parquet(\.tmp)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Ours();

    private string PathOf(string file) => Path.Combine(folder, file.Replace('/', Path.DirectorySeparatorChar));

    private string? Fault(Segment segment, bool withDigest)
    {
        string? fault = Inspect(segment, withDigest);
        if (fault is null)
        {
            if (withDigest && _damaged.TryRemove(segment.File, out _)) { LogWhole(segment.File); }
        }
        else if (_damaged.TryAdd(segment.File, fault)) { LogDamaged(segment.File, fault); }
        return fault;
    }

    private string? Inspect(Segment segment, bool withDigest)
    {
        var info = new FileInfo(PathOf(segment));
        if (!info.Exists) { return "it is missing."; }
        if (info.Length != segment.SizeBytes) { return $"it has {info.Length} bytes instead of {segment.SizeBytes}."; }
        var state = (info.Length, info.LastWriteTimeUtc);
        if (!withDigest || _verified.TryGetValue(segment.File, out var verified) && verified == state) { return null; }
        string digest = Digest(info.FullName);
        if (digest != segment.Sha256) { return $"its SHA-256 is {digest} instead of {segment.Sha256}."; }
        _verified[segment.File] = state;
        return null;
    }

    private static string Digest(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    [LoggerMessage(LogLevel.Error, "The segment {File} is damaged: {Fault} Nothing is read from it; put the file back from a backup")]
    private partial void LogDamaged(string file, string fault);

    [LoggerMessage(LogLevel.Information, "The segment {File} is whole again")]
    private partial void LogWhole(string file);

    [LoggerMessage(LogLevel.Information, "The file {File} belongs to no segment and was removed; a roll was cut short")]
    private partial void LogLeftover(string file);
}
