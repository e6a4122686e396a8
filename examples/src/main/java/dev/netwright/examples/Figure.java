package dev.netwright.examples;

/** The ten figures of {@link Pictures}, each a region of the plane inside the unit circle, upright and centred. */
enum Figure {
    DISC {
        @Override
        boolean covers(double x, double y) {
            return x * x + y * y <= 0.85 * 0.85;
        }
    },
    RING {
        @Override
        boolean covers(double x, double y) {
            double square = x * x + y * y;
            return square <= 0.95 * 0.95 && square >= 0.55 * 0.55;
        }
    },
    SQUARE {
        @Override
        boolean covers(double x, double y) {
            return Math.max(Math.abs(x), Math.abs(y)) <= 0.75;
        }
    },
    TRIANGLE {
        @Override
        boolean covers(double x, double y) {
            return y >= -0.5 && y + SQRT3 * Math.abs(x) <= 1;
        }
    },
    CROSS {
        @Override
        boolean covers(double x, double y) {
            double across = Math.abs(x);
            double along = Math.abs(y);
            return Math.min(across, along) <= 0.28 && Math.max(across, along) <= 0.95;
        }
    },
    STAR {
        /** A pentagram is where at least four of its five half planes meet. */
        @Override
        boolean covers(double x, double y) {
            int inside = 0;
            for (int k = 0; k < 5; k++) {
                if (EDGE_X[k] * x + EDGE_Y[k] * y <= 0.36) {
                    inside++;
                }
            }
            return inside >= 4 && x * x + y * y <= 1;
        }
    },
    CRESCENT {
        @Override
        boolean covers(double x, double y) {
            double shifted = x - 0.5;
            return x * x + y * y <= 0.95 * 0.95 && shifted * shifted + y * y > 0.7 * 0.7;
        }
    },
    ARROW {
        @Override
        boolean covers(double x, double y) {
            boolean head = y >= 0 && y + Math.abs(x) <= 0.95;
            boolean shaft = y < 0 && y >= -0.95 && Math.abs(x) <= 0.27;
            return head || shaft;
        }
    },
    STRIPES {
        @Override
        boolean covers(double x, double y) {
            return Math.abs(y) <= 0.8 && (Math.abs(x) <= 0.18 || Math.abs(Math.abs(x) - 0.72) <= 0.18);
        }
    },
    CHECKERS {
        @Override
        boolean covers(double x, double y) {
            return Math.max(Math.abs(x), Math.abs(y)) <= 0.8 && x * y > 0;
        }
    };

    private static final double SQRT3 = Math.sqrt(3);
    private static final double[] EDGE_X = new double[5];
    private static final double[] EDGE_Y = new double[5];

    static {
        for (int k = 0; k < 5; k++) {
            EDGE_X[k] = StrictMath.cos(Math.PI * (0.3 + 0.4 * k));
            EDGE_Y[k] = StrictMath.sin(Math.PI * (0.3 + 0.4 * k));
        }
    }

    /**
     * Whether the figure covers a point.
     *
     * @param x to the right, the unit circle's radius being 1
     * @param y upwards
     * @return true on the figure
     */
    abstract boolean covers(double x, double y);
}
