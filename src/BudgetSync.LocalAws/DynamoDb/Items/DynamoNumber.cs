using System.Globalization;
using System.Numerics;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Items;

/// <summary>
/// A DynamoDB number: exact, up to 38 significant digits, as a whole mantissa times a power of ten.
/// Never a double or a decimal: neither holds 38 digits, nor 1E+125.
/// </summary>
internal readonly record struct DynamoNumber : IComparable<DynamoNumber>
{
    /// <summary>More digits of exponent than any number in range needs; keeps the text "1e9999999999" from being computed with.</summary>
    private const int MaximumExponentDigits = 6;

    private DynamoNumber(BigInteger mantissa, int exponent)
    {
        Mantissa = mantissa;
        Exponent = exponent;
    }

    /// <summary>Without trailing zeros, so that equal numbers are equal values.</summary>
    private BigInteger Mantissa { get; }

    private int Exponent { get; }

    private string Digits => BigInteger.Abs(Mantissa).ToString(CultureInfo.InvariantCulture);

    /// <summary>What the number adds to an item's size: a byte for each two digits, and one more; another for a minus.</summary>
    public int Size => ((Digits.Length + 1) / 2) + (Mantissa.Sign < 0 ? 2 : 1);

    public static DynamoNumber From(int value) => Create(value, 0);

    /// <exception cref="AwsException">ValidationException: no number, out of range, or too precise.</exception>
    public static DynamoNumber Parse(string text)
    {
        var position = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var negative = position == 1 && text[0] == '-';
        var digits = new List<char>(text.Length);
        var (seen, scale, pointSeen) = (false, 0, false);
        for (; position < text.Length && text[position] is not ('e' or 'E'); position++)
        {
            var c = text[position];
            if (c == '.' && !pointSeen)
            {
                pointSeen = true;
            }
            else if (char.IsAsciiDigit(c))
            {
                seen = true;
                if (c != '0' || digits.Count > 0) digits.Add(c);
                if (pointSeen) scale++;
            }
            else
            {
                throw NotANumber(text);
            }
        }

        if (!seen) throw NotANumber(text);
        var exponent = position < text.Length ? ReadExponent(text, position + 1) : 0;
        if (digits.Count == 0) return default;
        var mantissa = BigInteger.Parse([.. digits], NumberStyles.None, CultureInfo.InvariantCulture);
        return Create(negative ? -mantissa : mantissa, exponent - scale);
    }

    /// <exception cref="AwsException">ValidationException: the sum is out of range or too precise.</exception>
    public static DynamoNumber operator +(DynamoNumber left, DynamoNumber right)
    {
        var exponent = Math.Min(left.Exponent, right.Exponent);
        return Create(left.MantissaAt(exponent) + right.MantissaAt(exponent), exponent);
    }

    public static DynamoNumber operator -(DynamoNumber left, DynamoNumber right) => left + new DynamoNumber(-right.Mantissa, right.Exponent);

    public int CompareTo(DynamoNumber other)
    {
        var exponent = Math.Min(Exponent, other.Exponent);
        return MantissaAt(exponent).CompareTo(other.MantissaAt(exponent));
    }

    /// <summary>Plain decimal digits without an exponent, as DynamoDB answers: <c>1500.50</c> comes back as <c>1500.5</c>.</summary>
    public override string ToString()
    {
        var sign = Mantissa.Sign < 0 ? "-" : "";
        var digits = Digits;
        if (Exponent >= 0) return Mantissa.IsZero ? "0" : sign + digits + new string('0', Exponent);
        var whole = digits.Length + Exponent;
        return whole > 0
            ? $"{sign}{digits[..whole]}.{digits[whole..]}"
            : $"{sign}0.{new string('0', -whole)}{digits}";
    }

    private static DynamoNumber Create(BigInteger mantissa, int exponent)
    {
        if (mantissa.IsZero) return default;
        while (true)
        {
            var quotient = BigInteger.DivRem(mantissa, 10, out var remainder);
            if (!remainder.IsZero) break;
            mantissa = quotient;
            exponent++;
        }

        var number = new DynamoNumber(mantissa, exponent);
        var length = number.Digits.Length;
        var magnitude = exponent + length - 1;
        if (magnitude > AwsLimits.DynamoDb.LargestMagnitude)
            throw Invalid("Number overflow. Attempting to store a number with magnitude larger than supported range");
        if (magnitude < AwsLimits.DynamoDb.SmallestMagnitude)
            throw Invalid("Number underflow. Attempting to store a number with magnitude smaller than supported range");
        if (length > AwsLimits.DynamoDb.NumberDigits)
            throw Invalid("Attempting to store more than 38 significant digits in a Number");
        return number;
    }

    private static int ReadExponent(string text, int start)
    {
        var digits = start < text.Length && text[start] is '+' or '-' ? start + 1 : start;
        if (digits == text.Length || !text.AsSpan(digits).ContainsOnlyDigits()) throw NotANumber(text);
        var significant = text.AsSpan(digits).TrimStart('0');
        var value = significant.Length > MaximumExponentDigits
            ? (int)Math.Pow(10, MaximumExponentDigits)
            : significant.IsEmpty ? 0 : int.Parse(significant, NumberStyles.None, CultureInfo.InvariantCulture);
        return text[start] == '-' ? -value : value;
    }

    private static AwsException NotANumber(string text) => Invalid(
        text.Length == 0 ? "The parameter cannot be converted to a numeric value" : $"The parameter cannot be converted to a numeric value: {text}");

    private static AwsException Invalid(string message) => new("ValidationException", message);

    private BigInteger MantissaAt(int exponent) => Mantissa * BigInteger.Pow(10, Exponent - exponent);
}
