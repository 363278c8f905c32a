using System.Buffers.Text;

namespace Bellwether.Storage.Log.Tables;

/// <summary>Reads values out of cells that are text.</summary>
internal static class CellText
{
    /// <summary>A number written with a point; NaN in any case counts as one and means "no value". Infinities and hexadecimal do not.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out double number)
    {
        text = text.Trim((byte)' ');
        if (text.Length == 3 && (text[0] | 0x20) == 'n' && (text[1] | 0x20) == 'a' && (text[2] | 0x20) == 'n')
        {
            number = double.NaN;
            return true;
        }
        return Utf8Parser.TryParse(text, out number, out int used) && used == text.Length && double.IsFinite(number);
    }

    public static bool TryBoolean(ReadOnlySpan<byte> text, out bool value)
    {
        value = text.SequenceEqual("true"u8) || text.SequenceEqual("True"u8) || text.SequenceEqual("TRUE"u8) || text.SequenceEqual("1"u8);
        return value || text.SequenceEqual("false"u8) || text.SequenceEqual("False"u8) || text.SequenceEqual("FALSE"u8) || text.SequenceEqual("0"u8);
    }
}
