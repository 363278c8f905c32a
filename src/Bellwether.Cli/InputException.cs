using System.Globalization;
using Bellwether.Contracts;

namespace Bellwether.Cli;

/// <summary>Something the user gave cannot be used; the message names the file and, where there is one, the line and column.</summary>
internal sealed class InputException(string message) : Exception(message)
{
    /// <summary>Every fault of a file, one a line.</summary>
    public static InputException Of(string file, IReadOnlyList<Fault> faults) =>
        new(string.Join(Environment.NewLine, faults.Select(fault => Describe(file, fault))));

    public static string Describe(string file, Fault fault)
    {
        string place = fault.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"line {fault.Line}, column {fault.Column}") : "";
        return string.Join(": ", ((string[])[string.Join(", ", ((string[])[file, place]).Where(part => part.Length > 0)), fault.Path, fault.Message]).Where(part => part.Length > 0));
    }
}
