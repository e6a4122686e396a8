package dev.netwright.processor.plan;

import dev.netwright.processor.plan.Access.Padding;
import dev.netwright.processor.plan.Kernel.Pooling;
import dev.netwright.processor.plan.Kernel.Samples;
import dev.netwright.processor.plan.Kernel.Strides;
import dev.netwright.processor.plan.Kernel.SumLoop;
import java.util.ArrayList;
import java.util.List;

/** What a {@link Kernel.Tile} touches. */
final class TileAccesses {
    private final Kernel.Tile tile;

    TileAccesses(Kernel.Tile tile) {
        this.tile = tile;
    }

    List<Access> all() {
        List<Access> accesses = new ArrayList<>();
        int operand = 0;
        boolean sums = !tile.sum().isEmpty() || tile.samples() == Samples.SUMMED;
        if (sums) {
            accesses.add(broadcast(operand));
            accesses.add(loaded(operand + 1));
        }
        operand += 2;
        if (tile.biased()) {
            accesses.add(Access.read(operand++).with(Padding.LANES).lanes(tile.blocks() * tile.width()));
        }
        List<Access> written = new ArrayList<>();
        Access c = tile.accumulate() ? Access.update(operand) : Access.write(operand);
        written.add(result(c, tile.c()));
        operand++;
        if (tile.pooling().storesIndex()) {
            written.add(result(Access.write(operand++), tile.index()));
        }
        for (int i = 0; i < tile.further().size(); i++) {
            boolean sum = tile.keepsSum() && i == 0;
            Access access = sum ? Access.write(operand) : Access.read(operand).with(Padding.LANES);
            (sum ? written : accesses).add(result(access, tile.further().get(i)));
            operand++;
        }
        accesses.addAll(written);
        return accesses;
    }

    /** Samples are columns, or have a stride of their own. */
    private int sample(Strides strides) {
        return tile.samples() == Samples.COLUMNS ? strides.column() : strides.sample();
    }

    private Access blocks(Access access, Strides strides) {
        Access all = access.samples(sample(strides));
        all = neighbours(strides) ? all.lanes(tile.blocks() * tile.width()) : all.loop(tile.blocks(), strides.block());
        return rows(all, strides);
    }

    private Access rows(Access access, Strides strides) {
        Access all = access;
        for (int i = 0; i < tile.rowCounts().size(); i++) {
            all = all.loop(tile.rowCounts().get(i), strides.rows().get(i));
        }
        return all;
    }

    private int columns() {
        return tile.samples() == Samples.COLUMNS ? 1 : tile.columns();
    }

    private Access broadcast(int operand) {
        int column = tile.a().column();
        Access access = rows(
                Access.read(operand)
                        .samples(sample(tile.a()))
                        .loop(tile.blocks() / tile.sharing(), tile.a().block()),
                tile.a());
        if (tile.pooling() == Pooling.NONE) {
            access = access.loop(columns(), column);
        } else {
            access = access.loop(2, tile.aRow()).loop(2 * columns(), column);
        }
        for (SumLoop loop : tile.sum()) {
            access = access.loop(loop.count(), loop.a());
        }
        return tile.bands() == null
                ? access
                : access.loop(tile.bands().count(), tile.bands().a());
    }

    /** What is loaded in vectors. */
    Access loaded(int operand) {
        Access access = blocks(Access.read(operand).with(Padding.LANES), tile.b());
        for (SumLoop loop : tile.sum()) {
            access = access.loop(loop.count(), loop.b());
        }
        if (tile.bands() != null) {
            access = access.loop(tile.bands().count(), tile.bands().b());
        }
        return vectors(access, tile.b());
    }

    /** The lanes of a block, unless they are those of all blocks already. */
    private Access vectors(Access access, Strides strides) {
        if (strides.isGrouped()) {
            return access.loop(tile.width() / Layout.LANES, strides.group()).lanes(Layout.LANES);
        }
        return neighbours(strides) ? access : access.lanes(tile.width());
    }

    private boolean neighbours(Strides strides) {
        return strides.block() == tile.width() && !strides.isGrouped();
    }

    private Access result(Access access, Strides strides) {
        return vectors(blocks(access, strides).loop(columns(), strides.column()), strides);
    }
}
