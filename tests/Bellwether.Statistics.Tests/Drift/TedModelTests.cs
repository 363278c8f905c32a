using System.Globalization;
using Bellwether.Statistics.Drift;
using Bellwether.Statistics.Tests.Golden;

namespace Bellwether.Statistics.Tests.Drift;

/// <summary>Four columns under one pooled alarm, as the specification's §6 composes detectors.</summary>
public sealed class TedModelTests
{
    private const double AlarmLimit = 300;
    private const int WindowsPerDay = 24;
    private const int ReferenceWindows = 336;

    [Fact]
    public void Alarms_joins_returns_and_the_end_agree()
    {
        var golden = TedGolden.Case("t10");
        var outputs = golden.GetProperty("outputs");
        TedStream[] streams = [.. golden.GetProperty("inputs").GetProperty("features").EnumerateArray().Select(f => TedStream.Hourly(f, ReferenceWindows))];
        EventReference[] references = [.. streams.Select(stream => stream.Fit())];
        var options = new TedOptions(AlarmLimit, TedOptions.DefaultTolerances, true, WindowsPerDay);
        TedDetector[] detectors = [.. references.Select(reference => new TedDetector(reference, options))];
        double[][] expected = [.. outputs.GetProperty("M_warning_after_each_window").EnumerateArray().Select(row => row.Numbers())];
        var notices = new List<string>();

        bool incident = false;
        SortedSet<int> opened = [];
        for (int t = 0; t < expected.Length; t++)
        {
            for (int f = 0; f < streams.Length; f++)
            {
                streams[f].Step(detectors[f], references[f], ReferenceWindows + t);
                if (!detectors[f].ShouldReturn) { continue; }
                detectors[f].Close();
                notices.Add($"[{t},\"returned\",{f}]");
            }
            if (incident && detectors.All(detector => detector.OpenLevel < 0))
            {
                incident = false;
                notices.Add($"[{t},\"resolved\"]");
            }
            bool opening = !incident;
            opened.Clear();
            string? notice = null;
            for (int level = 0; level < options.Tolerances.Length; level++)
            {
                int[] named = Alarm(detectors, level);
                foreach (int f in named) { detectors[f].Open(level); }
                if (named.Length == 0 || !opening) { continue; }
                incident = true;
                opened.UnionWith(named); // A level raised in the window of the opening is part of it.
                notice = string.Create(CultureInfo.InvariantCulture, $"[{t},\"open\",{level},[{string.Join(',', opened)}]]");
            }
            if (notice is not null) { notices.Add(notice); }
            TedGolden.Close(expected[t], [.. detectors.Select(detector => detector.Evidence(0))], 1e-7, $"M after window {t}", 1e-300);
        }

        Assert.Equal(
            outputs.GetProperty("notifications").EnumerateArray().Select(notice => notice.GetRawText().Replace(" ", "", StringComparison.Ordinal)), notices);
        Assert.Equal(outputs.GetProperty("level_at_end").Integers(), detectors.Select(detector => (long)detector.OpenLevel));
    }

    private static int[] Alarm(TedDetector[] detectors, int level)
    {
        int[] below = [.. Enumerable.Range(0, detectors.Length).Where(f => detectors[f].OpenLevel < level)];
        if (below.Sum(f => detectors[f].Evidence(level)) / detectors.Length < AlarmLimit) { return []; }
        return [.. below.Where(f => detectors[f].Evidence(level) >= AlarmLimit)];
    }
}
