namespace Bellwether.Dashboard.Performance;

/// <summary>Why a measure cannot be told, in words.</summary>
internal static class MeasureWords
{
    public static string Unknown(string state) => state switch
    {
        "tooFew" => "Too few outcomes to tell yet",
        "oneClass" => "Only one class among the outcomes",
        "constant" => "The outcomes are all the same",
        "noOutcomes" => "No outcomes yet",
        "notFinite" => "Beyond what a number holds",
        _ => "Cannot be told",
    };
}
