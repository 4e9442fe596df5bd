using System.Text;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// One page of a listing. A token says after which key to go on, so that items that come or go between two pages neither hide nor double others;
/// it is good for the listing that gave it and no other.
/// </summary>
/// <param name="Name">Which listing, for example <c>DescribeBudgets/444455556666</c>: part of its tokens.</param>
/// <param name="DefaultSize">Items per page where the caller does not say.</param>
/// <param name="InvalidTokenCode">The error for a token that this listing did not give.</param>
internal sealed record Paginator(string Name, int DefaultSize, string InvalidTokenCode)
{
    /// <summary>The member that says how many items a page may have.</summary>
    public string SizeMember { get; init; } = "MaxResults";

    /// <summary>The member of the request that says where to go on, and in most answers the one that says where that would be.</summary>
    public string TokenMember { get; init; } = "NextToken";

    /// <summary>What the service says to a token that this listing did not give, where that is known.</summary>
    public string? InvalidTokenMessage { get; init; }

    /// <summary>True: the first page is empty and carries a token, as AWS says that any page may be.</summary>
    public bool EmptyFirstPage { get; init; }

    /// <summary>The answer: the page under <paramref name="member"/>, and the token where there is more.</summary>
    /// <param name="items">All items, in the ordinal order of their keys.</param>
    public JsonObject Answer<T>(JsonObject input, string member, IEnumerable<T> items, Func<T, string> key, Func<T, JsonNode> write)
    {
        var (page, token) = Page(input, items, key);
        var answer = new JsonObject { [member] = new JsonArray([.. page.Select(write)]) };
        if (token is not null) answer[TokenMember] = token;
        return answer;
    }

    /// <summary>The page, and the token where there is more.</summary>
    /// <param name="items">All items, in the ordinal order of their keys.</param>
    /// <exception cref="AwsException">The request's token is none of this listing's.</exception>
    public (IReadOnlyList<T> Items, string? Token) Page<T>(JsonObject input, IEnumerable<T> items, Func<T, string> key)
    {
        var after = ReadToken(input.Text(TokenMember));
        if (after is null && EmptyFirstPage) return ([], Token(""));
        var size = (long)(input.Number(SizeMember) ?? DefaultSize);
        // One more than the page has, to know whether there is more; a page may be as long as a number can say.
        var rest = items.SkipWhile(item => after is not null && string.CompareOrdinal(key(item), after) <= 0)
            .Take((int)Math.Min(size + 1, int.MaxValue))
            .ToList();
        if (rest.Count <= size) return (rest, null);
        // A page of none, which some models allow to be asked for, goes on where it began.
        return (rest[..(int)size], Token(size == 0 ? after ?? "" : key(rest[(int)size - 1])));
    }

    private string Token(string key) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Name}\n{key}"));

    private string? ReadToken(string? token)
    {
        if (token is null) return null;
        var bytes = new byte[token.Length];
        if (Convert.TryFromBase64String(token, bytes, out var length))
        {
            var text = Encoding.UTF8.GetString(bytes, 0, length);
            if (text.StartsWith(Name + "\n", StringComparison.Ordinal)) return text[(Name.Length + 1)..];
        }

        throw new AwsException(InvalidTokenCode, InvalidTokenMessage ?? $"{TokenMember} is not one that {Name} gave; begin again without it.");
    }
}
