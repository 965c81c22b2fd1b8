package refresh

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"strconv"
	"time"

	"github.com/entente-kg/entente/internal/corpus"
	"github.com/entente-kg/entente/internal/source"
)

// files reads the files of a path that are not as they were at the last run, by size and time of modification.
func (r *reading) files(ctx context.Context) error {
	files, err := source.Files(r.source.Path)
	if err != nil {
		r.fail(r.source.Path, "file", err)
		return nil // nothing is withdrawn because a disk is not mounted
	}
	r.report.Listed = len(files)
	next, stop := iter.Pull2(r.corpus.FetchStates(ctx, r.source.Name, false))
	defer stop()
	state, stateErr, ok := next()
	if len(files) == 0 {
		if ok && stateErr == nil {
			r.fail(r.source.Path, "file", errors.New("no file is there, and there were some: is the disk mounted? If they shall be forgotten: entente corpus withdraw --source "+r.source.Name))
		}
		return stateErr
	}
	// Files and states both come by rising path: what only the corpus knows went, what only the folder knows came.
	gone := &absent{broken: map[string]bool{}}
	for i := 0; i < len(files) || ok; {
		switch {
		case stateErr != nil:
			return stateErr
		case ctx.Err() != nil:
			return ctx.Err()
		case i == len(files) || ok && state.Location < files[i].Path:
			ids, err := r.at(ctx, state.Location)
			if err != nil {
				return err
			}
			gone.list = append(gone.list, went{location: state.Location, ids: ids})
			state, stateErr, ok = next()
			continue
		}
		var known corpus.FetchState
		if ok && state.Location == files[i].Path {
			known = state
			state, stateErr, ok = next()
		}
		if err := r.file(ctx, gone, files[i], known); err != nil {
			return err
		}
		i++
	}
	return r.forget(ctx, gone)
}

// went is what is no longer in a file, or no longer there with its file. It is told to the corpus after all files were read,
// for a document may have moved to another one.
type went struct {
	location string
	ids      []string
	// state is that of a file that is still there; without one, the file is forgotten.
	state *corpus.FetchState
}

// absent collects what went.
type absent struct {
	list []went
	// broken are the files of which some documents could not be read: nothing of theirs counts as gone.
	broken map[string]bool
}

// forget tells the corpus what went, now or in an earlier run and did not come back: its grace goes on.
func (r *reading) forget(ctx context.Context, gone *absent) error {
	if err := r.flush(ctx); err != nil { // where documents are now
		return err
	}
	told := map[string]bool{}
	var dropped []string
	for _, w := range gone.list {
		for _, id := range w.ids {
			told[id] = true
			if err := r.gone(ctx, id, w.location); err != nil {
				return err
			}
		}
		if w.state == nil {
			dropped = append(dropped, w.location)
		} else if err := r.keep(ctx, nil, *w.state); err != nil {
			return err
		}
	}
	for info, err := range r.corpus.List(ctx, corpus.Filter{Source: r.source.Name, State: corpus.Missing}) {
		if err != nil {
			return err
		}
		if !told[info.ID] && !gone.broken[info.Location] {
			if err := r.gone(ctx, info.ID, info.Location); err != nil {
				return err
			}
		}
	}
	return r.corpus.DropFetchStates(ctx, dropped)
}

// file reads a file unless it is as it was, and adds what is no longer in it.
func (r *reading) file(ctx context.Context, gone *absent, file source.File, known corpus.FetchState) error {
	info, err := os.Stat(file.Path)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) { // an unreadable file is not a missing one; one that went just now is, in the next run
			r.fail(file.Path, "file", err)
			gone.broken[file.Path] = true
		}
		return nil
	}
	modified := strconv.FormatInt(info.ModTime().UnixNano(), 10)
	if known.Fetched != "" && known.Failures == 0 && known.Modified == modified && known.Size == info.Size() {
		r.report.NotModified++
		return nil
	}
	state := corpus.FetchState{
		Location: file.Path, Source: r.source.Name, Modified: modified, Size: info.Size(), Fetched: r.now.UTC().Format(time.RFC3339),
	}
	r.report.Read++
	before, err := r.at(ctx, file.Path)
	if err != nil {
		return err
	}
	has, broken, err := r.documents(ctx, file)
	if err != nil {
		return err
	}
	if broken {
		// A document whose line is broken may still be there: only a file that was read in full tells what went.
		gone.broken[file.Path] = true
		state.Failures, state.Detail = 1, "some documents could not be read"
		return r.keep(ctx, nil, state)
	}
	var ids []string
	for _, id := range before {
		if !has[id] {
			ids = append(ids, id)
		}
	}
	if len(ids) > 0 {
		gone.list = append(gone.list, went{location: file.Path, ids: ids, state: &state})
		return nil
	}
	return r.keep(ctx, nil, state)
}

// documents archives the documents of a file. It tells which are there, and whether some could not be read.
func (r *reading) documents(ctx context.Context, file source.File) (has map[string]bool, broken bool, err error) {
	has = map[string]bool{}
	for doc, err := range source.Read(file, source.Options{Published: r.source.Published, Outlet: r.source.Outlet}) {
		if doc.ID != "" && !file.Lines() {
			doc.ID = fmt.Sprintf("%s/%s", r.source.Name, doc.ID)
		}
		if err != nil {
			broken = true
			r.fail(file.Path, "document", err)
			continue
		}
		has[doc.ID] = true
		if ok, err := r.takes(ctx, doc); err != nil {
			return has, broken, err
		} else if !ok {
			continue
		}
		if err := r.keep(ctx, []corpus.Fetched{{Document: doc, Source: r.source.Name, Location: file.Path, Retrieved: r.now}}); err != nil {
			return has, broken, err
		}
	}
	return has, broken, nil
}
