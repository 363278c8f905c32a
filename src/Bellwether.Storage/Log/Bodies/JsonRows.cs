using System.Text.Json;
using System.Text.Unicode;

namespace Bellwether.Storage.Log.Bodies;

/// <summary>Cuts a JSON array, a single object, or lines of JSON into rows.</summary>
internal static class JsonRows
{
    // Rows nest three deep at most and everything else is refused by name. Skipping costs a bit a level, which the body's size bounds:
    // a limit here would make one deep row cost an array its good ones.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    private const string InvalidUtf8 = "the row is not valid UTF-8";
    private const string InvalidText = "a text of the row is not valid Unicode";
    private const string NotAnObject = "a row is a JSON object";

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Rows in the body, good and bad.</summary>
    /// <exception cref="MalformedBodyException">An array is no JSON.</exception>
    /// <exception cref="BodyTooLargeException">More rows than a request may hold.</exception>
    public static int Read(ReadOnlySpan<byte> body, BodyFormat format, IJsonRow rows, BatchBuilder batch)
    {
        if (body.StartsWith(ByteOrderMark)) { body = body[ByteOrderMark.Length..]; }
        return format == BodyFormat.NdJson ? ReadLines(body, rows, batch) : ReadArray(body, rows, batch);
    }

    private static int ReadLines(ReadOnlySpan<byte> body, IJsonRow rows, BatchBuilder batch)
    {
        int row = 0;
        while (!body.IsEmpty)
        {
            int end = body.IndexOf((byte)'\n');
            var line = (end < 0 ? body : body[..end]).Trim(" \t\r"u8);
            body = end < 0 ? default : body[(end + 1)..];
            if (line.IsEmpty) { continue; }
            RequireRoom(row);
            string? reason = Utf8.IsValid(line) ? ReadLine(line, rows) : InvalidUtf8;
            Keep(reason, row++, rows, batch);
        }
        return row;
    }

    private static string? ReadLine(ReadOnlySpan<byte> line, IJsonRow rows)
    {
        try
        {
            var reader = new Utf8JsonReader(line, Options);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) { return NotAnObject; }
            string? reason = rows.Read(ref reader, line);
            if (reason is null) { reader.Read(); } // Throws when something follows the object.
            return reason;
        }
        catch (JsonException e)
        {
            return $"not JSON, at byte {e.BytePositionInLine + 1} of its line: {Plain(e)}";
        }
        catch (InvalidOperationException)
        {
            return InvalidText;
        }
    }

    private static int ReadArray(ReadOnlySpan<byte> body, IJsonRow rows, BatchBuilder batch)
    {
        bool valid = Utf8.IsValid(body);
        int row = 0;
        try
        {
            var reader = new Utf8JsonReader(body, Options);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadElement(ref reader, body, valid, row++, rows, batch);
            }
            else if (reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    RequireRoom(row);
                    ReadElement(ref reader, body, valid, row++, rows, batch);
                }
            }
            else
            {
                throw new MalformedBodyException("The body is a JSON array of rows.", 1, 1);
            }
            reader.Read(); // Throws when something follows.
        }
        catch (JsonException e)
        {
            throw new MalformedBodyException($"The body is no JSON array: {Plain(e)}", (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1, e);
        }
        return row;
    }

    private static void ReadElement(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> body, bool valid, int row, IJsonRow rows, BatchBuilder batch)
    {
        var start = reader;
        string? reason = NotAnObject;
        if (!valid && !Utf8.IsValid(ElementAt(start, body)))
        {
            reason = InvalidUtf8;
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            try { reason = rows.Read(ref reader, body); }
            catch (InvalidOperationException) { reason = InvalidText; }
        }
        if (reason is not null)
        {
            reader = start;
            reader.Skip();
        }
        Keep(reason, row, rows, batch);
    }

    private static ReadOnlySpan<byte> ElementAt(Utf8JsonReader start, ReadOnlySpan<byte> body)
    {
        int first = (int)start.TokenStartIndex;
        start.Skip();
        return body[first..(int)start.BytesConsumed];
    }

    private static void Keep(string? reason, int row, IJsonRow rows, BatchBuilder batch)
    {
        if (reason is null)
        {
            rows.Commit(row);
            return;
        }
        rows.Abandon();
        batch.Reject(row, reason);
    }

    private static void RequireRoom(int row)
    {
        if (row == IngestLimits.JsonRows) { throw new BodyTooLargeException($"A JSON body holds at most {IngestLimits.JsonRows} rows; send several, or Parquet."); }
    }

    // The framework's message ends in "LineNumber: 0 | BytePositionInLine: 12.", which is said better beside it.
    private static string Plain(JsonException e) => e.Message.Split(" LineNumber:", 2)[0];
}
