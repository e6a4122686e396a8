package dev.netwright.runtime.init;

/** {@code trunc_normal_}: the quantile function of the normal distribution, of uniform numbers. */
final class TruncatedNormal {
    private static final double SQRT_2 = Math.sqrt(2);

    /** Coefficients of the rational approximations' numerators and denominators, the highest power's first. */
    private static final double[] CENTRE_ABOVE = {
        2509.0809287301226727,
        33430.575583588128105,
        67265.770927008700853,
        45921.953931549871457,
        13731.693765509461125,
        1971.5909503065514427,
        133.14166789178437745,
        3.3871328727963666080
    };

    private static final double[] CENTRE_BELOW = {
        5226.4952788528545610,
        28729.085735721942674,
        39307.895800092710610,
        21213.794301586595867,
        5394.1960214247511077,
        687.18700749205790830,
        42.313330701600911252,
        1
    };

    private static final double[] TAIL_ABOVE = {
        7.74545014278341407640e-4,
        0.0227238449892691845833,
        0.241780725177450611770,
        1.27045825245236838258,
        3.64784832476320460504,
        5.76949722146069140550,
        4.63033784615654529590,
        1.42343711074968357734
    };

    private static final double[] TAIL_BELOW = {
        1.05075007164441684324e-9,
        5.47593808499534494600e-4,
        0.0151986665636164571966,
        0.148103976427480074590,
        0.689767334985100004550,
        1.67638483018380384940,
        2.05319162663775882187,
        1
    };

    private final double mean;
    private final double std;
    private final double low;
    private final double high;

    TruncatedNormal(double mean, double std, double low, double high) {
        if (!(std > 0)) {
            throw new IllegalArgumentException("The standard deviation must be above 0, but is " + std + ".");
        }
        if (!(low < high)) {
            throw new IllegalArgumentException(
                    "The lower end must be below the upper one, but they are " + low + " and " + high + ".");
        }
        this.mean = mean;
        this.std = std;
        this.low = low;
        this.high = high;
    }

    /** One uniform number for each element, as {@code uniform_} draws them. */
    void fill(float[] target, MersenneTwister generator) {
        generator.uniform(
                target, (float) (2 * cdf((low - mean) / std) - 1), (float) (2 * cdf((high - mean) / std) - 1));
        float scale = (float) (std * SQRT_2);
        float least = (float) low;
        float most = (float) high;
        for (int i = 0; i < target.length; i++) {
            float scaled = (float) (quantile(target[i]) / SQRT_2) * scale + (float) mean;
            target[i] = Math.min(Math.max(scaled, least), most);
        }
    }

    /** The share of the standard normal distribution below x, to 2e-16. */
    static double cdf(double x) {
        return (1 + erf(x / SQRT_2)) / 2;
    }

    /** By the series of positive terms {@code 2 / sqrt(pi) * exp(-x^2) * sum 2^n x^(2n+1) / (2n+1)!!}. */
    private static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
    }

    /**
     * Where the standard normal distribution has {@code (1 + y) / 2} below it, which is {@code sqrt(2) * erfinv(y)}: the
     * rational approximations of Wichura's algorithm AS 241, PPND16.
     *
     * @param y a float from -1 to 1, whose distance from these is exact
     */
    static double quantile(double y) {
        double q = y / 2;
        if (Math.abs(q) <= 0.425) {
            double r = 0.180625 - q * q;
            return q * polynomial(CENTRE_ABOVE, r) / polynomial(CENTRE_BELOW, r);
        } else if (Math.abs(y) == 1) {
            return y * Double.POSITIVE_INFINITY;
        }
        // Floats next to 1 are 6e-8 from it, where the root is 4.1; from 5 on there would be a third approximation.
        double r = Math.sqrt(-StrictMath.log(0.5 - Math.abs(q))) - 1.6;
        return Math.copySign(polynomial(TAIL_ABOVE, r) / polynomial(TAIL_BELOW, r), y);
    }

    private static double polynomial(double[] coefficients, double x) {
        double value = 0;
        for (double coefficient : coefficients) {
            value = value * x + coefficient;
        }
        return value;
    }
}
