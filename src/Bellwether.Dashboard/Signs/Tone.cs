using Bellwether.Contracts;
using Bellwether.Contracts.Registry;

namespace Bellwether.Dashboard.Signs;

/// <summary>The few colours that carry meaning. Each also has a shape and a word, so none is needed to understand.</summary>
public enum Tone
{
    Quiet,
    Fine,
    Notice,
    Warning,
    Critical,
}

internal static class Tones
{
    public static Tone Of(ModelState state) => state switch
    {
        ModelState.Healthy => Tone.Fine,
        ModelState.Learning or ModelState.Provisional => Tone.Notice,
        ModelState.ShiftedHarmless => Tone.Warning,
        ModelState.ShiftedHarmful or ModelState.BrokenData => Tone.Critical,
        _ => Tone.Quiet,
    };

    public static Tone Of(Severity? severity) => severity switch
    {
        Severity.Critical or Severity.Major => Tone.Critical,
        Severity.Warning => Tone.Warning,
        Severity.Info => Tone.Notice,
        _ => Tone.Quiet,
    };

    /// <summary>The class of the style sheet.</summary>
    public static string Css(this Tone tone) => tone switch
    {
        Tone.Fine => "tone-fine",
        Tone.Notice => "tone-notice",
        Tone.Warning => "tone-warning",
        Tone.Critical => "tone-critical",
        _ => "tone-quiet",
    };
}
