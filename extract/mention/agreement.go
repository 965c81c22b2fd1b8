package mention

func (r *run) agreements() {}
