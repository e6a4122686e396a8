package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Primitive.Windows;

/** What a pool touches on both sides of its windows. */
final class PoolAccesses {
    private PoolAccesses() {}

    /** One float for each window and channel. */
    static Access pooled(
            Access access, Windows rows, Axis rowAxis, Windows columns, Axis columnAxis, Nest.Loop channels, int side) {
        return access.with(Access.Padding.LANES)
                .loop(rows.output(), rowAxis.stride())
                .loop(columns.output(), columnAxis.stride())
                .loop(channels.count(), channels.stride(side));
    }

    /** The place of the maximum of each window and channel. */
    static Access indices(Access access, PoolIndex index, Windows rows, Windows columns, Nest.Loop channels) {
        return pooled(access.samples(index.sample()), rows, index.rows(), columns, index.columns(), channels, 2);
    }

    /** What the windows reach of the image; all of it where they leave it, as nothing beside it is touched. */
    static Access windows(
            Access access, Windows rows, Axis rowAxis, Windows columns, Axis columnAxis, Nest.Loop channels) {
        Access all = along(along(access.with(Access.Padding.LANES), rows, rowAxis), columns, columnAxis);
        return all.loop(channels.count(), channels.stride(1));
    }

    private static Access along(Access access, Windows windows, Axis axis) {
        int reach = (windows.output() - 1) * windows.stride() + (windows.kernel() - 1) * windows.dilation();
        boolean leaves = windows.padding() > 0 || reach >= windows.input();
        if (windows.adaptive() || leaves) {
            return access.loop(windows.input(), axis.stride());
        }
        return access.loop(windows.output(), windows.stride() * axis.stride())
                .loop(windows.kernel(), windows.dilation() * axis.stride());
    }
}
