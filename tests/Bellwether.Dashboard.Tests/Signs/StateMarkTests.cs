using Bellwether.Contracts.Registry;
using Bellwether.Dashboard.Signs;
using Bunit;

namespace Bellwether.Dashboard.Tests.Signs;

public class StateMarkTests : BunitContext
{
    [Fact]
    public void Every_state_has_a_shape_and_a_word_of_its_own()
    {
        var marks = Enum.GetValues<ModelState>().Select(state => Render<StateMark>(mark => mark.Add(m => m.State, state))).ToList();
        Assert.Distinct(marks.Select(mark => mark.Find("svg").InnerHtml));
        Assert.Distinct(marks.Select(mark => mark.Find(".word").TextContent));
    }

    [Fact]
    public void No_data_is_never_shown_in_the_colour_of_health()
    {
        Assert.NotEqual(Tones.Of(ModelState.Healthy), Tones.Of(ModelState.NoData));
        Assert.Equal(Tone.Critical, Tones.Of(ModelState.ShiftedHarmful));
        Assert.Equal(Tone.Warning, Tones.Of(ModelState.ShiftedHarmless));
    }
}
