using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.Kernel;

/// <summary>Every listing of every service goes by the one Paginator.</summary>
public class PaginatorTests
{
    private static readonly Paginator Listing = new("ListThings/444455556666", 2, "InvalidTokenException") { TokenMember = "Marker", SizeMember = "Limit" };

    [Fact]
    public void What_comes_or_goes_between_two_pages_hides_and_doubles_nothing()
    {
        var (first, token) = Read(null, null, "b", "d", "f", "h");
        var (second, rest) = Read(token, null, "a", "c", "f", "g", "h");
        var (last, end) = Read(rest, null, "a", "c", "f", "g", "h");

        Assert.Equal(["b", "d"], first);
        Assert.Equal(["f", "g"], second);
        Assert.Equal(["h"], last);
        Assert.Null(end);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("TGlzdE90aGVycy80NDQ0NTU1NTY2NjYKYg==")] // ListOthers/444455556666, after b.
    public void A_token_of_another_listing_is_refused(string token)
    {
        var refused = Assert.Throws<AwsException>(() => Read(token, null, "b"));

        Assert.Equal(
            ("InvalidTokenException", "Marker is not one that ListThings/444455556666 gave; begin again without it."), (refused.Code, refused.Message));
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(3, 3, false)]
    [InlineData(int.MaxValue, 3, false)]
    public void A_page_has_as_many_items_as_are_asked_for(int size, int found, bool more)
    {
        var (items, token) = Read(null, size, "a", "b", "c");

        Assert.Equal((found, more), (items.Length, token is not null));
    }

    [Fact]
    public void A_page_of_none_goes_on_where_it_began()
    {
        var (_, token) = Read(null, 1, "a", "b");
        var (none, same) = Read(token, 0, "a", "b");
        var (rest, end) = Read(same, 1, "a", "b");

        Assert.Empty(none);
        Assert.Equal(["b"], rest);
        Assert.Null(end);
    }

    private static (string[] Items, string? Token) Read(string? token, int? size, params string[] things)
    {
        var input = new JsonObject();
        if (token is not null) input["Marker"] = token;
        if (size is not null) input["Limit"] = size;
        var answer = Listing.Answer(input, "Things", things, thing => thing, thing => JsonValue.Create(thing)!);
        return ([.. answer["Things"]!.AsArray().Select(thing => thing!.ToString())], answer.Text("Marker"));
    }
}
